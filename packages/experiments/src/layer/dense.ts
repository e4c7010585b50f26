import { dense as coreDense } from "@steepest/core";
import { field, integer, z } from "../definition/schema.js";
import { layerMember } from "./member.js";
import { weightFields } from "./weightFields.js";

export const dense = layerMember({
  schema: z.strictObject({
    kind: z.literal("dense"),
    units: field(integer(1), "Outputs.", { unit: "units", example: 64 }),
    ...weightFields,
  }),
  summary: "z = W x, on images in the order channel, row, column",
  examples: [{ kind: "dense", units: 64 }],
  build: (options) => coreDense(options),
});
