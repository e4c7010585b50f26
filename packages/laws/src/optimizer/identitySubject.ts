/** A fresh optimiser with a memory of its own: each call is one step, from θ and the gradient e^logRisk · gradient to the new θ. */
export type Stepper = (theta: Float64Array, gradient: Float64Array, logRisk: number, eta: number) => Float64Array;

/** Two optimisers that are claimed to be equal, such as Adam(0, 0) and sign descent. */
export interface IdentitySubject {
  /** Starts the first of the two at dimension n with an empty memory. */
  left(n: number): Stepper;
  right(n: number): Stepper;
  /** true: the two agree bit for bit, not only up to rounding. */
  readonly sameBits?: boolean;
  /** The only length that the subject accepts; undefined for any. */
  readonly dimension?: number;
  /** Roundings of one step beyond 2 per entry and 16; 0 by default. */
  readonly extraRoundings?: number;
}
