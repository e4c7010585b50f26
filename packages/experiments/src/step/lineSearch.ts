import { lineSearch as coreLineSearch } from "@steepest/core";
import { positive } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";
import { stepRuleMember } from "./member.js";

export const lineSearch = stepRuleMember({
  schema: z.strictObject({
    rule: z.literal("lineSearch"),
    size: field(positive(), "Length of the first trial.", { unit: "norm of the weights", example: 1 }),
    sufficientDecrease: field(z.number().gt(0).lt(1), "Share of the slope by which the log risk has to fall (Armijo's condition).", {
      unit: "1",
      example: 0.1,
    }),
  }),
  summary: "steps that are halved until the log risk falls by a share of the slope",
  examples: [{ rule: "lineSearch", size: 1, sufficientDecrease: 0.1 }],
  build: coreLineSearch,
});
