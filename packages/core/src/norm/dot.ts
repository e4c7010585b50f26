/** Σ xⱼ yⱼ, in the order of the entries. */
export function dot(x: Float64Array, y: Float64Array): number {
  let total = 0;
  for (let j = 0; j < x.length; j++) total += x[j]! * y[j]!;
  return total;
}
