/** One recorded state of a run, in one norm. */
export interface FlowPoint {
  readonly step: number;
  /** log Σᵢ l(qᵢ), the sum. */
  readonly logRisk: number;
  /** l⁻¹(R) / ||θ||^L. */
  readonly softMargin: number;
  /** minᵢ qᵢ / ||θ||^L. */
  readonly margin: number;
  /** ||θ||. */
  readonly norm: number;
  /** <θ / ||θ||, -∇R / ||∇R||_*>; all points have it, or none. */
  readonly alignment?: number;
  /** ||∇R||_* / R, in the loss frame; all points have it, or none. */
  readonly gradientNorm?: number;
}

/** A run of a steepest descent method, recorded in its own norm. */
export interface FlowSubject {
  readonly points: readonly FlowPoint[];
  readonly loss: "exponential" | "logistic";
  readonly sampleCount: number;
  /** L. */
  readonly degree: number;
  /** Share by which the soft margin may fall, and the log risk rise, per step: 0 for the flow, a measured bound for a discrete rule. */
  readonly relativeSlack: number;
}
