/** maxᵢ |xᵢ - yᵢ|; NaN if any difference is NaN or the lengths differ. */
export function largestDifference(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) return Number.NaN;
  return Array.from(x).reduce((largest, value, i) => Math.max(largest, Math.abs(value - y[i]!)), 0);
}

export function largestEntry(x: ArrayLike<number>): number {
  return largestDifference(x, new Float64Array(x.length));
}
