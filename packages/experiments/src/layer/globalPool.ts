import { globalPool as coreGlobalPool } from "@steepest/core";
import { field, z } from "../definition/schema.js";
import { layerMember } from "./member.js";

export const globalPool = layerMember({
  schema: z.strictObject({
    kind: z.literal("globalPool"),
    of: field(z.enum(["average", "max"]), "The mean or the largest entry of every channel.", { example: "average" }),
  }),
  summary: "one number per channel",
  examples: [{ kind: "globalPool", of: "average" }],
  build: (options) => coreGlobalPool(options),
});
