import { warmUp as coreWarmUp } from "@steepest/core";
import { field, integer, positive, z } from "../definition/schema.js";
import { plainStep, stepNumber } from "../pytorch/stepSource.js";
import { stepRuleMember } from "./member.js";
import { shorterSize } from "./shorter.js";

export const warmUp = stepRuleMember({
  schema: z.strictObject({
    rule: z.literal("warmUp"),
    size: field(positive(), "Length of the steps after the warm-up.", { unit: "norm of the weights", example: 0.01 }),
    steps: field(integer(1), "Steps until the size is reached.", { unit: "steps", example: 100 }),
  }),
  summary: "grows linearly to size within so many steps, then stays",
  examples: [{ rule: "warmUp", size: 0.01, steps: 100 }],
  shorter: shorterSize,
  build: coreWarmUp,
  pytorch: ({ size, steps }) => plainStep(`${stepNumber("size", size)} * min(1, (t + 1) / ${stepNumber("steps", steps)}), 0.0`),
});
