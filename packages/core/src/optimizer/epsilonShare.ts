/** The share of the roots of the second moments that are below `epsilon`, both in the same units; for them epsilon dominates the step. */
export function epsilonShare(roots: Float64Array, epsilon: number): number {
  let below = 0;
  for (const root of roots) if (root < epsilon) below++;
  return below / roots.length;
}
