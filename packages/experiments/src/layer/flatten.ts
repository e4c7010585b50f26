import { flatten as coreFlatten } from "@steepest/core";
import { z } from "../definition/schema.js";
import { layerMember } from "./member.js";

export const flatten = layerMember({
  schema: z.strictObject({
    kind: z.literal("flatten"),
  }),
  summary: "the entries of an image as a vector",
  examples: [{ kind: "flatten" }],
  build: () => coreFlatten(),
});
