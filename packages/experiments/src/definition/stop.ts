import { field, integer, z } from "./schema.js";

/** Schema of the end of runs: of all of them, or of those of one arm. */
export const stopSchema = z.strictObject({
  steps: field(integer(0), "Number of steps after which a run ends.", { unit: "steps", example: 5000 }).optional(),
  logRiskBelow: field(z.number(), "Log risk (of the sum over samples) below which a run ends.", {
    unit: "log risk",
    example: -100,
  }).optional(),
});
