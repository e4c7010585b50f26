import { averagePool as coreAveragePool } from "@steepest/core";
import { field, integer, z } from "../definition/schema.js";
import { layerMember } from "./member.js";

export const averagePool = layerMember({
  schema: z.strictObject({
    kind: z.literal("averagePool"),
    size: field(integer(1), "Side of the square windows.", { unit: "pixels", example: 2 }),
    stride: field(integer(1), "Pixels from one position to the next, both ways. Default size.", { unit: "pixels", example: 2 }).optional(),
  }),
  summary: "mean of every window of a channel",
  examples: [{ kind: "averagePool", size: 2 }],
  build: (options) => coreAveragePool(options),
});
