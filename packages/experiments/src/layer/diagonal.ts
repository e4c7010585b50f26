import { diagonal as coreDiagonal } from "@steepest/core";
import { z } from "../definition/schema.js";
import { layerMember } from "./member.js";
import { weightFields } from "./weightFields.js";

export const diagonal = layerMember({
  schema: z.strictObject({
    kind: z.literal("diagonal"),
    ...weightFields,
  }),
  summary: "a weight per entry: z_j = w_j x_j",
  examples: [{ kind: "diagonal" }],
  build: (options) => coreDiagonal(options),
});
