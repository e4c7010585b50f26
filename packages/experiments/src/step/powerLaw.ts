import { powerLaw as corePowerLaw } from "@steepest/core";
import { field, nonNegative, positive, z } from "../definition/schema.js";
import { plainStep, stepNumber } from "../pytorch/stepSource.js";
import { stepRuleMember } from "./member.js";
import { shorterSize } from "./shorter.js";

export const powerLaw = stepRuleMember({
  schema: z.strictObject({
    rule: z.literal("powerLaw"),
    size: field(positive(), "Length of the first step.", { unit: "norm of the weights", example: 0.1 }),
    exponent: field(nonNegative(), "Step t has the length size (t + 1)^-exponent.", { unit: "1", example: 0.5 }),
  }),
  summary: "size (t + 1)^-exponent",
  examples: [{ rule: "powerLaw", size: 0.1, exponent: 0.5 }],
  shorter: shorterSize,
  build: corePowerLaw,
  pytorch: ({ size, exponent }) => plainStep(`${stepNumber("size", size)} * (t + 1) ** -${stepNumber("exponent", exponent)}, 0.0`),
});
