import { backtracking as coreBacktracking } from "@steepest/core";
import { field, nonNegative, positive, z } from "../definition/schema.js";
import { stepNumber } from "../pytorch/stepSource.js";
import { stepRuleMember } from "./member.js";
import { dividedBy } from "./shorter.js";

export const backtracking = stepRuleMember({
  schema: z.strictObject({
    rule: z.literal("backtracking"),
    relativeSize: field(positive(), "Length of the first trial, as a share of the norm of the weights.", { unit: "1", example: 0.1 }),
    tolerance: field(nonNegative(), "Relative fall of the soft margin that is accepted.", { unit: "1", example: 1e-5 }),
  }),
  summary: "relative steps that are halved until the own soft margin does not fall; before separation, until the risk falls",
  examples: [{ rule: "backtracking", relativeSize: 0.1, tolerance: 0 }],
  // tolerant enough to pass the kinks of ReLU networks
  remedy: { ends: "falls", step: { rule: "backtracking", relativeSize: 0.02, tolerance: 1e-5 }, text: "backtracking" },
  stricter: (choice) => {
    const tolerance = dividedBy(10, choice.tolerance);
    return { step: { ...choice, tolerance }, text: `tolerance ${tolerance}` };
  },
  build: coreBacktracking,
  pytorch: ({ relativeSize, tolerance }) => ({
    judges: true,
    paces: true,
    needsNorm: true,
    needsInverse: true,
    text: `class StepRule:
    """h ||theta||; a step after which the risk has not fallen, or after separation the own soft margin has, is taken back and h halves."""

    h = ${stepNumber("relativeSize", relativeSize)}

    def size(self, t, log_risk, seen, theta, ghat):
        return self.h * norm.norm(theta), 0.0

    def accepts(self, before, after):
        def soft_margin(log_risk, theta):
            return margin(soft_numerator(log_risk), norm.norm(theta))

        stands = after[0] < before[0] and (
            before[1] >= log_loss_at_zero
            or soft_margin(*after[1:]) >= soft_margin(*before[1:]) * (1 - ${stepNumber("tolerance", tolerance)})
        )
        self.h *= 1.2 if stands else 0.5
        return stands`,
  }),
});
