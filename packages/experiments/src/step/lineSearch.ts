import { lineSearch as coreLineSearch } from "@steepest/core";
import { field, positive, z } from "../definition/schema.js";
import { stepNumber } from "../pytorch/stepSource.js";
import { stepRuleMember } from "./member.js";
import { shorterSize } from "./shorter.js";

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
  shorter: shorterSize,
  build: coreLineSearch,
  pytorch: ({ size, sufficientDecrease }) => ({
    judges: true,
    paces: true,
    needsNorm: true,
    text: `class StepRule:
    """The first of eta, eta / 2, eta / 4, ... at which the log risk falls by a share of eta times its slope; the next step starts at twice that."""

    eta = ${stepNumber("size", size)}

    def size(self, t, log_risk, seen, theta, ghat):
        self.slope = norm.dual(ghat)
        return self.eta, 0.0

    def accepts(self, before, after):
        stands = after[0] <= before[0] - ${stepNumber("sufficientDecrease", sufficientDecrease)} * self.eta * self.slope
        self.eta *= 2 if stands else 0.5
        return stands`,
  }),
});
