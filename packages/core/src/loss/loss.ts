import type { Kernels, Span } from "@steepest/kernels";
import { requireOneOf } from "../check/require.js";
import { type PartKind, requirePart } from "../check/requirePart.js";
import { recorded } from "../recipe/recipe.js";

/** Facts that a loss of the registry declares; texts follow from them. */
export interface LossFacts {
  /** l(q) as text, "exp(-q)". */
  readonly formula: string;
  /** The loss in a Python program over PyTorch; absent: programs with this loss are refused. */
  readonly pytorch?: PytorchLoss;
}

/** Definitions of a Python program over PyTorch in float64. */
export interface PytorchLoss {
  /** `log_loss_at_zero`, and the function log_risk_of(margins). */
  readonly logRisk: string;
  /** The function soft_numerator(log_risk), l⁻¹(R). */
  readonly inverse: string;
}

/**
 * An exponentially tailed loss l(q) of the sample margin q, in the log domain. The risk is R = Σᵢ l(qᵢ), the sum; it is never formed.
 */
export interface Loss {
  readonly id: string;
  readonly facts?: LossFacts;
  /** "mean": the optimiser sees R / n. Margins, separation and soft margins always come from the sum. */
  readonly reduction: "sum" | "mean";
  /** Returns log R and writes the weights wᵢ = -l'(qᵢ) / R. `weights` must not be `margins`. */
  evaluate(kernels: Kernels, margins: Span, weights: Span): number;
  /** l⁻¹(R) from log R: the numerator of the soft margin, which ||θ||^L divides. */
  softMarginNumerator(kernels: Kernels, logRisk: number): number;
  /** log l(0): a smaller log risk means that the data is separated (the t₀ of the theorems). */
  separationLogRisk(kernels: Pick<Kernels, "log">): number;
}

/** The kind of losses. */
export const lossPart: PartKind<Loss> = {
  what: "a loss such as losses.logistic",
  hint: "losses holds them by id; meanReduction(loss) makes the mean of a sum",
  functions: ["evaluate", "softMarginNumerator", "separationLogRisk"],
  check: (path, { reduction }) => {
    requireOneOf(`${path}.reduction`, reduction, ["sum", "mean"]);
  },
};

/**
 * The loss with its mean over the samples as the risk that the optimiser sees, R / n, as PyTorch users write it: step sizes and Adam's epsilon refer to R / n.
 *
 * @param loss  a loss that sums
 * @returns the loss with `reduction: "mean"`
 */
export function meanReduction(loss: Loss): Loss {
  requirePart("loss", loss, lossPart);
  return recorded("meanReduction", [loss], { ...loss, reduction: "mean" });
}
