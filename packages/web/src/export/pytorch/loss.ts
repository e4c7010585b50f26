import { DefinitionError } from "@steepest/core";
import type { ExperimentDefinition } from "@steepest/experiments";

type Loss = ExperimentDefinition["loss"];

const texts: Readonly<Record<Loss["kind"], string>> = {
  exponential: `log_loss_at_zero = 0.0


def log_risk_of(margins):
    """log sum_i e^-q_i."""
    return torch.logsumexp(-margins, 0)`,
  logistic: `log_loss_at_zero = math.log(math.log(2))


def log_risk_of(margins):
    """log sum_i log(1 + e^-q_i). Beyond 37 log(1 + e^-q) is e^-q to one rounding, and its logarithm -q however far out."""
    far = margins > 37
    near = torch.log(torch.nn.functional.softplus(-torch.where(far, torch.zeros_like(margins), margins), threshold=40))
    return torch.logsumexp(torch.where(far, -margins, near), 0)`,
};

const inverses: Readonly<Record<Loss["kind"], string>> = {
  exponential: `def soft_numerator(log_risk):
    """l^-1(R) = -log R."""
    return -log_risk`,
  logistic: `def soft_numerator(log_risk):
    """l^-1(R) = -log(e^R - 1) of the risk of separated data; below e^-36 that is -log R to one rounding."""
    return -log_risk if log_risk < -36 else -math.log(math.expm1(math.exp(log_risk)))`,
};

/**
 * The log risk of sample margins, never the risk itself.
 *
 * @throws DefinitionError  if the loss has no translation
 */
export function lossSource({ kind }: Loss, needsInverse: boolean): string {
  if (Object.hasOwn(texts, kind)) return needsInverse ? `${texts[kind]}\n\n\n${inverses[kind]}` : texts[kind];
  throw new DefinitionError(`loss.kind: "${kind}" has no translation to PyTorch`, { path: "loss.kind", value: kind });
}
