/** A separating state of a homogeneous network under exponential loss, with the multipliers that the state itself gives. */
export interface LimitState {
  readonly theta: Float64Array;
  /** qᵢ, all positive. */
  readonly sampleMargins: Float64Array;
  /** ∇qᵢ(θ), one per sample: labels included. */
  readonly marginGradients: readonly Float64Array[];
  /** log Σ e^-qᵢ. */
  readonly logRisk: number;
  /** λᵢ of the scaled parameters θ̃ = θ / q_min^(1/L). */
  readonly multipliers: Float64Array;
  /** 1 - <θ / ||θ||, -∇R / ||∇R||_*>. */
  readonly stationarity: number;
}

export interface LimitSubject {
  readonly states: readonly LimitState[];
  /** L. */
  readonly degree: number;
  norm(x: Float64Array): number;
  dualNorm(g: Float64Array): number;
  /** For linear models: the largest margin that any parameters have, in this norm. */
  readonly maxMargin?: number;
}
