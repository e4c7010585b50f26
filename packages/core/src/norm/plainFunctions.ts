/** A norm written in plain TypeScript, without touching the binary. Functions must not change their arguments. */
export interface PlainNorm {
  readonly id: string;
  norm(x: Float64Array): number;
  dualNorm(g: Float64Array): number;
  /** argmin {<g, u> : norm(u) <= 1}: it points downhill. */
  lmo(g: Float64Array): Float64Array;
  /** Euclidean projection onto {norm(u) <= radius}; without it the norm has no projections and no prox of its dual. */
  projectBall?(x: Float64Array, radius: number): Float64Array;
}
