import { maxPool as coreMaxPool } from "@steepest/core";
import { field, integer, z } from "../definition/schema.js";
import { layerMember } from "./member.js";

export const maxPool = layerMember({
  schema: z.strictObject({
    kind: z.literal("maxPool"),
    size: field(integer(1), "Side of the square windows.", { unit: "pixels", example: 2 }),
    stride: field(integer(1), "Pixels from one position to the next, both ways. Default size.", { unit: "pixels", example: 2 }).optional(),
  }),
  summary: "largest entry of every window of a channel",
  examples: [{ kind: "maxPool", size: 2 }],
  build: (options) => coreMaxPool(options),
});
