/**
 * One step of a memoryless rule of steepest descent in a norm. The gradient of the risk R is given as e^logRisk times `gradient`, so that risks far
 * below 1e-308 can be asked about; a rule that knows nothing of this multiplies the two.
 *
 *   normalized: θ + η lmo(∇R)      otherwise: θ + η ||∇R||_* lmo(∇R)
 */
export interface StepSubject {
  /** θ after the step; the arguments stay as they were. */
  step(theta: Float64Array, gradient: Float64Array, logRisk: number, eta: number): Float64Array;
  readonly normalized: boolean;
  norm(x: Float64Array): number;
  dualNorm(g: Float64Array): number;
  /** The only length that the subject accepts; undefined for any. */
  readonly dimension?: number;
  /** Roundings of one evaluation beyond 2 per entry and 16; 0 by default. */
  readonly extraRoundings?: number;
}
