import type { StopRule } from "./options.js";
import type { Risk } from "./risk.js";

/** The outcome of a run. A mathematical failure is a value, not an error. */
export type RunOutcome =
  | { readonly kind: "finished"; readonly step: number; readonly reason: "steps" | "logRiskBelow" }
  /** A score, the risk, a parameter or a step length stopped being finite. */
  | { readonly kind: "diverged"; readonly step: number; readonly what: "scores" | "logRisk" | "gradient" | "parameters" | "stepLength" }
  /** The gradient is exactly zero although the data is not separated: nothing can move any more. */
  | { readonly kind: "stationary-not-separated"; readonly step: number }
  /** The step rule took back every step that it tried, down to where θ no longer changes. */
  | { readonly kind: "stalled"; readonly step: number };

/** The outcome that the risk of all samples gives after so many steps; undefined while the run goes on. */
export function outcomeOf(step: number, { logRisk, hasFiniteScores }: Risk, stop: StopRule | undefined): RunOutcome | undefined {
  if (!hasFiniteScores) return { kind: "diverged", step, what: "scores" };
  if (!Number.isFinite(logRisk)) return { kind: "diverged", step, what: "logRisk" };
  if (stop?.logRiskBelow !== undefined && logRisk < stop.logRiskBelow) return { kind: "finished", step, reason: "logRiskBelow" };
  return stepLimit(step, stop);
}

/** The outcome at the step limit, the only one that needs no risk. */
export function stepLimit(step: number, stop: StopRule | undefined): RunOutcome | undefined {
  return stop?.steps !== undefined && step >= stop.steps ? { kind: "finished", step, reason: "steps" } : undefined;
}
