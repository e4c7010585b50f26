/** Indices of the largest positive entries, at most so many, the largest first; of equal ones the lowest index first. */
export function largestOf(values: Float64Array, most: number): number[] {
  const positive = [...values.keys()].filter((k) => values[k]! > 0);
  return positive.sort((a, b) => values[b]! - values[a]! || a - b).slice(0, most);
}
