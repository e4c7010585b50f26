import { constant as coreConstant } from "@steepest/core";
import { field, positive, z } from "../definition/schema.js";
import { plainStep, stepNumber } from "../pytorch/stepSource.js";
import { stepRuleMember } from "./member.js";
import { shorterSize } from "./shorter.js";

export const constant = stepRuleMember({
  schema: z.strictObject({
    rule: z.literal("constant"),
    size: field(positive(), "Length of a step; times the gradient norm where the optimiser is not normalised.", {
      unit: "norm of the weights",
      example: 0.01,
    }),
  }),
  summary: "the same size at every step",
  examples: [{ rule: "constant", size: 0.01 }],
  shorter: shorterSize,
  build: coreConstant,
  pytorch: ({ size }) => plainStep(`${stepNumber("size", size)}, 0.0`),
});
