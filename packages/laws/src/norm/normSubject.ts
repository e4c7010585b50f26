/**
 * A norm on vectors, with its dual and its steepest direction. Functions return new values and leave their arguments as they were.
 *
 *   dualNorm(g) = max {<g, u> : norm(u) <= 1}      lmo(g) ∈ argmin {<g, u> : norm(u) <= 1}, downhill
 */
export interface NormSubject {
  norm(x: Float64Array): number;
  dualNorm(g: Float64Array): number;
  lmo(g: Float64Array): Float64Array;
  /** The Euclidean projection of x onto {norm(u) <= radius}. */
  projectBall?(x: Float64Array, radius: number): Float64Array;
  /** The only length that the subject accepts; undefined for any. */
  readonly dimension?: number;
}
