/**
 * Σⱼ x[i + j] y[k + j] over `length` entries, in four interleaved sums that are added at the end: a fixed order, so the same bits everywhere.
 */
export function innerProduct(x: Float64Array, i: number, y: Float64Array, k: number, length: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const blocks = length & ~3;
  let j = 0;
  for (; j < blocks; j += 4) {
    a += x[i + j]! * y[k + j]!;
    b += x[i + j + 1]! * y[k + j + 1]!;
    c += x[i + j + 2]! * y[k + j + 2]!;
    d += x[i + j + 3]! * y[k + j + 3]!;
  }
  for (; j < length; j++) a += x[i + j]! * y[k + j]!;
  return a + b + (c + d);
}
