/** How a run ended. Mathematics is a value, not an error. */
export type RunOutcome =
  | { readonly kind: "finished"; readonly step: number; readonly reason: "steps" | "logRiskBelow" }
  /** A score, the risk, a parameter or a step length stopped being finite. */
  | { readonly kind: "diverged"; readonly step: number; readonly what: "scores" | "logRisk" | "gradient" | "parameters" | "stepLength" }
  /** The gradient is exactly zero although the data is not separated: nothing can move any more. */
  | { readonly kind: "stationary-not-separated"; readonly step: number }
  /** The step rule took back every step that it tried, down to where θ no longer changes. */
  | { readonly kind: "stalled"; readonly step: number };
