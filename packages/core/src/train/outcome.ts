import type { StopRule } from "./options.js";
import type { Risk } from "./risk.js";

/** The outcome of a run. A mathematical failure is a value, not an error. */
export type RunOutcome =
  /** "zeroRisk": every score is its target. */
  | { readonly kind: "finished"; readonly step: number; readonly reason: "steps" | "logRiskBelow" | "zeroRisk" }
  /** A score, the risk, the gradient, a parameter or a step length stopped being finite; "underflow": the gradient is 0 only because no double is so small. */
  | {
      readonly kind: "diverged";
      readonly step: number;
      readonly what: "scores" | "logRisk" | "gradient" | "parameters" | "stepLength" | "underflow";
    }
  /** The gradient is exactly zero although the data is not separated: nothing can move any more. */
  | { readonly kind: "stationary-not-separated"; readonly step: number }
  /** The step rule took back every step that it tried, down to where θ no longer changes. */
  | { readonly kind: "stalled"; readonly step: number };

/** The outcome that the risk of all samples gives after so many steps; undefined while the run goes on. */
export function outcomeOf(
  step: number,
  { logRisk, hasFiniteScores, seesMargins }: Risk,
  stop: StopRule | undefined,
): RunOutcome | undefined {
  if (!hasFiniteScores) return { kind: "diverged", step, what: "scores" };
  if (logRisk === Number.NEGATIVE_INFINITY && !seesMargins) return { kind: "finished", step, reason: "zeroRisk" };
  if (!Number.isFinite(logRisk)) return { kind: "diverged", step, what: "logRisk" };
  if (stop?.logRiskBelow !== undefined && logRisk < stop.logRiskBelow) return { kind: "finished", step, reason: "logRiskBelow" };
  return stepLimit(step, stop);
}

/** The outcome at the step limit, the only one that needs no risk. */
export function stepLimit(step: number, stop: StopRule | undefined): RunOutcome | undefined {
  return stop?.steps !== undefined && step >= stop.steps ? { kind: "finished", step, reason: "steps" } : undefined;
}

/** The divergence, by the largest entries of the weights and of ghat; undefined if all are finite. */
export function divergenceOf(
  step: number,
  { hasFiniteScores }: Risk,
  largestWeight: number,
  largestGradient: number,
): RunOutcome | undefined {
  if (!Number.isFinite(largestWeight)) return { kind: "diverged", step, what: "parameters" };
  if (!hasFiniteScores) return { kind: "diverged", step, what: "scores" };
  return Number.isFinite(largestGradient) ? undefined : { kind: "diverged", step, what: "gradient" };
}

/** The outcome of a run whose gradient is 0 in f64 although the data is not separated. */
export function stuckAt(step: number, { trainer }: Risk): RunOutcome {
  const isUnderflow = (trainer.rangeLoss?.().samples ?? 0) > 0;
  return isUnderflow ? { kind: "diverged", step, what: "underflow" } : { kind: "stationary-not-separated", step };
}
