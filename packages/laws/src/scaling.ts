/** Exact scaling by powers of two, so that laws can multiply numbers near 1e300 and 1e-300 without leaving the range of binary64. */

/** x 2^k for |k| <= 2046: exact unless the result is subnormal or overflows. */
export function timesPowerOfTwo(x: number, k: number): number {
  const half = Math.trunc(k / 2);
  return x * 2 ** half * 2 ** (k - half);
}

/** x 2^k, entry by entry. */
export function scaled(x: Float64Array, k: number): Float64Array {
  return x.map((entry) => timesPowerOfTwo(entry, k));
}

/** About log2 of the largest |xᵢ|, an integer; 0 for a vector of zeros. */
export function exponentOf(x: Float64Array): number {
  let largest = 0;
  for (const entry of x) largest = Math.max(largest, Math.abs(entry));
  return largest > 0 ? Math.floor(Math.log2(largest)) : 0;
}

/** Σ xᵢ yᵢ, and Σ |xᵢ yᵢ|, which its rounding error is proportional to. */
export function dot(x: Float64Array, y: Float64Array): { value: number; magnitude: number } {
  let value = 0;
  let magnitude = 0;
  for (let i = 0; i < x.length; i++) {
    const term = x[i]! * y[i]!;
    value += term;
    magnitude += Math.abs(term);
  }
  return { value, magnitude };
}
