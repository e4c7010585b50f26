import { backtracking as coreBacktracking } from "@steepest/core";
import { nonNegative, positive } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";
import { stepRuleMember } from "./member.js";

export const backtracking = stepRuleMember({
  schema: z.strictObject({
    rule: z.literal("backtracking"),
    relativeSize: field(positive(), "Length of the first trial, as a share of the norm of the weights.", { unit: "1", example: 0.1 }),
    tolerance: field(nonNegative(), "Relative fall of the soft margin that is accepted.", { unit: "1", example: 1e-5 }),
  }),
  summary: "relative steps that are halved until the own soft margin does not fall; before separation, until the risk falls",
  examples: [{ rule: "backtracking", relativeSize: 0.1, tolerance: 0 }],
  build: coreBacktracking,
});
