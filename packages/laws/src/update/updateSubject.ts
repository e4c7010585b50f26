/** An optimiser at work, with a memory of its own. */
export interface Updating {
  /** The displacement θ' - θ of a step of size 1, for the gradient e^logRisk · ghat. Arguments are left as they were. */
  update(theta: Float64Array, ghat: Float64Array, logRisk: number): Float64Array;
  /** A copy of everything that it remembers. */
  state?(): unknown;
  /** Puts back what another one of the same optimiser remembered. */
  restore?(state: unknown): void;
}

/** An optimiser under the laws of updates: anybody's, which sees a gradient and gives an update. */
export interface UpdateSubject {
  /** Starts it at dimension n, with an empty memory. */
  start(n: number): Updating;
  /** true: `state` and `restore` exist. */
  readonly restores?: boolean;
  /** The only length that the subject accepts; undefined for any. */
  readonly dimension?: number;
}
