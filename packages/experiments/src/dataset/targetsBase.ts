import { field, integer, nonNegative } from "../definition/schema.js";

/** The schemas of the fields of drawn samples with targets. @param testSize  an example of their number */
export const targetsBase = (testSize = 200) => ({
  noise: field(nonNegative(), "Standard deviation of the normal noise on targets of training samples; test targets have none.", {
    unit: "target",
    example: 0.1,
  }),
  trainSize: field(integer(1), "Training samples.", { unit: "samples", example: 60 }),
  testSize: field(integer(0), "Test samples; 0 for none.", { unit: "samples", example: testSize }),
});
