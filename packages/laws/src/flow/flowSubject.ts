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
}

/** A run of a steepest descent method, recorded in its own norm. */
export interface FlowSubject {
  readonly points: readonly FlowPoint[];
  readonly loss: "exponential" | "logistic";
  readonly sampleCount: number;
  /** L. */
  readonly degree: number;
  /** By how much the soft margin may fall per step, relative to itself: 0 for the flow, what was measured for a discrete rule. */
  readonly relativeSlack: number;
}
