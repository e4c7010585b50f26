// One double seen as two words; the low word comes first on every platform that runs WebAssembly in linear memory order, which is little-endian.
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** Sign, exponent and upper mantissa bits of `x`. */
export function high(x: number): number {
  double[0] = x;
  return words[1]!;
}

/** `x` with its upper 32 bits replaced. */
export function withHigh(x: number, upper: number): number {
  double[0] = x;
  words[1] = upper;
  return double[0]!;
}

/** 2^k for −1022 ≤ k ≤ 1023. */
export function powerOfTwo(k: number): number {
  words[0] = 0;
  words[1] = (1023 + k) << 20;
  return double[0]!;
}

/** ⌊log₂ x⌋ of a positive finite `x`. */
export function exponent(x: number): number {
  const biased = high(x) >> 20;
  return biased === 0 ? exponent(x * 2 ** 54) - 54 : biased - 1023;
}

/** x · 2^k, rounded once unless the result is subnormal; k is taken as at least −2044. */
export function scaleBinary(x: number, k: number): number {
  const bounded = Math.max(k, -2044);
  const half = bounded >> 1;
  return x * powerOfTwo(half) * powerOfTwo(bounded - half);
}

/** The magnitude of `x` with the sign of `sign`, also that of a zero. */
export function copySign(x: number, sign: number): number {
  return sign < 0 || Object.is(sign, -0) ? -Math.abs(x) : Math.abs(x);
}
