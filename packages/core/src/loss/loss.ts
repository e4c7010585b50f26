import type { Kernels, Span } from "@steepest/kernels";
import { requireOneOf } from "../check/require.js";
import { type PartKind, requirePart } from "../check/requirePart.js";
import { recorded } from "../recipe/recipe.js";

/** Facts that a loss of the registry declares; texts follow from them. */
export interface LossFacts {
  /** l(q) as text, "exp(-q)", or the loss of scores f and targets t. */
  readonly formula: string;
  /** Its name with several classes, where the field has another: "cross-entropy". */
  readonly nameOfClasses?: string;
  /** The loss in a Python program over PyTorch; absent: programs with this loss are refused. */
  readonly pytorch?: PytorchLoss;
}

/** Definitions of a Python program over PyTorch in float64. */
export interface PytorchLoss {
  /** `log_loss_at_zero`, and the function log_risk_of(margins), or of the scores f64[n][outputs] beside `targets` of that shape. */
  readonly logRisk: string;
  /** The function soft_numerator(log_risk), l⁻¹(R); absent for a loss without one. */
  readonly inverse?: string;
}

/** Members that every loss has. */
interface LossBase {
  readonly id: string;
  readonly facts?: LossFacts;
  /** "mean": the optimiser sees R / n. Margins, separation and soft margins always come from the sum. */
  readonly reduction: "sum" | "mean";
  /** l⁻¹(R) from log R: the numerator of the soft margin, which ||θ||^L divides. NaN for a loss without one. */
  softMarginNumerator(kernels: Kernels, logRisk: number): number;
  /** log l(0): a smaller log risk means that the data is separated (the t₀ of the theorems). -Infinity for a loss under which nothing ever is. */
  separationLogRisk(kernels: Pick<Kernels, "log">): number;
  /**
   * c(R) with -l'(q) (q - q_min) <= R c(R) Φ'(l⁻¹(R)) / e wherever l(q_min) <= R, l = e^-Φ: the factor by which the theorem's bound of complementarity is that of
   * e^-q. Absent: no bound is known.
   */
  complementarityFactor?(kernels: Pick<Kernels, "exp">, logRisk: number): number;
}

/**
 * An exponentially tailed loss l(q) of one number per sample, in the log domain. The risk is R = Σᵢ l(qᵢ), the sum; it is never formed.
 *
 * With labels -1 and +1 that number is the margin qᵢ = yᵢ f(xᵢ), with several classes the smoothed margin q~ᵢ = s_y - log Σ over j != y of e^(s_j): e^-q~ is
 * the multiclass exponential loss Σ over j != y of e^(s_j - s_y), and log(1 + e^-q~) is cross-entropy.
 */
export interface MarginLoss extends LossBase {
  /** Absent: margins. */
  readonly sees?: "margins";
  /** Returns log R and writes the weights wᵢ = -l'(qᵢ) / R. `weights` must not be `margins`. */
  evaluate(kernels: Kernels, margins: Span, weights: Span): number;
}

/** Scores and targets of n samples, and what a loss makes of them. */
export interface Residuals {
  /** f64[n][outputs], not modified. */
  readonly scores: Span;
  /** f64[n][outputs], not modified. */
  readonly targets: Span;
  /** f64[n][outputs], overwritten. */
  readonly seeds: Span;
  /** f64[n], overwritten: -weightsᵢ seedsᵢ = ∂R/∂f(xᵢ) / R. */
  readonly weights: Span;
  readonly outputs: number;
}

/** A loss of scores and targets, in the log domain; with labels the targets are -1 and +1, or one-hot vectors. */
export interface TargetLoss extends LossBase {
  readonly sees: "targets";
  /** Returns log R and writes seeds and weights. */
  evaluate(kernels: Kernels, residuals: Residuals): number;
}

/** A loss of margins, or of targets. */
export type Loss = MarginLoss | TargetLoss;

/** The kind of losses. */
export const lossPart: PartKind<Loss> = {
  what: "a loss such as losses.logistic",
  hint: "losses holds them by id; meanReduction(loss) makes the mean of a sum",
  functions: ["evaluate", "softMarginNumerator", "separationLogRisk"],
  check: (path, { reduction, sees }) => {
    requireOneOf(`${path}.reduction`, reduction, ["sum", "mean"]);
    if (sees !== undefined) requireOneOf(`${path}.sees`, sees, ["margins", "targets"]);
  },
};

/**
 * The loss with its mean over the samples as the risk that the optimiser sees, R / n, as PyTorch users write it: step sizes and Adam's epsilon refer to R / n.
 *
 * @param loss  a loss that sums
 * @returns the loss with `reduction: "mean"`
 */
export function meanReduction<L extends Loss>(loss: L): L {
  requirePart("loss", loss, lossPart);
  return recorded("meanReduction", [loss], { ...loss, reduction: "mean" });
}
