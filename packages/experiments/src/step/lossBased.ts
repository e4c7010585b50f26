import { lossBased as coreLossBased } from "@steepest/core";
import { field, positive, z } from "../definition/schema.js";
import { plainStep, stepNumber } from "../pytorch/stepSource.js";
import { stepRuleMember } from "./member.js";
import { shorterSize } from "./shorter.js";

export const lossBased = stepRuleMember({
  schema: z.strictObject({
    rule: z.literal("lossBased"),
    size: field(positive(), "Length of a step times the risk.", { unit: "norm of the weights", example: 0.01 }),
    rollback: field(z.boolean(), "Whether steps that raise the risk are taken back, and the size grows while it falls.", {
      example: false,
    }),
  }),
  summary:
    "size / risk, for unnormalised steepest descent; with rollback the size grows while the risk falls and steps that raise it are taken back",
  examples: [{ rule: "lossBased", size: 0.01, rollback: false }],
  shorter: shorterSize,
  build: coreLossBased,
  pytorch: ({ size, rollback }) => {
    const alpha = stepNumber("size", size);
    if (!rollback) return plainStep(`${alpha}, -seen`);
    return {
      judges: true,
      text: `class StepRule:
    """alpha / R; alpha grows by 2^(1/5) after a step that lowers the risk, any other is taken back and alpha shrinks by 2^(1/10)."""

    alpha = ${alpha}

    def size(self, t, log_risk, seen, theta, ghat):
        return self.alpha, -seen

    def accepts(self, before, after):
        lower = after[0] < before[0]
        self.alpha = self.alpha * 1.148698354997035 if lower else self.alpha / 1.0717734625362931
        return lower`,
    };
  },
});
