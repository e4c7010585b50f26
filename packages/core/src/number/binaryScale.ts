const word = new DataView(new ArrayBuffer(8));
const twoTo54 = 2 ** 54;
const edge = 2 ** -450;
const leastSum = 2 ** -960; // what underflowed is below 2^-1022 each

/** True if x > 0 is so far from the ends of the range of f64 that products of two such numbers, and sums of many, lose nothing to under- or overflow. */
export function isComfortable(x: number): boolean {
  return x > edge && x < 1 / edge;
}

/** True if a sum x > 0 of terms >= 0 is finite and has lost no digit to underflow. */
export function hasItsDigits(x: number): boolean {
  return x > leastSum && x < Infinity;
}

/** The e with 2^e <= |x| < 2^(e + 1), for x other than 0; 1024 where x is not finite. */
export function binaryExponent(x: number): number {
  word.setFloat64(0, x);
  const biased = (word.getUint32(0) >>> 20) & 0x7ff;
  return biased === 0 ? binaryExponent(x * twoTo54) - 54 : biased - 1023;
}

/** 2^k for an integer k in [-1022, 1023], exactly: host `**` need not be. */
export function powerOfTwo(k: number): number {
  word.setUint32(0, (k + 1023) << 20);
  word.setUint32(4, 0);
  return word.getFloat64(0);
}

/** x 2^k for an integer k, rounded once: it over- or underflows only where the product does. */
export function timesPowerOfTwo(x: number, k: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const own = binaryExponent(x);
  const mantissa = x * powerOfTwo(clamp(-own)) * powerOfTwo(-own - clamp(-own)); // in [1, 2)
  const exponent = own + k;
  if (exponent > 1023) return Math.sign(x) * Infinity;
  if (exponent >= -1022) return mantissa * powerOfTwo(exponent);
  return exponent < -1100 ? 0 * x : mantissa * powerOfTwo(exponent + 100) * powerOfTwo(-100);
}

/** The nearest exponent of a normal factor that has its inverse among the normal numbers too. */
const clamp = (k: number): number => Math.min(Math.max(k, -1022), 1022);

/** A k in [-1000, 1000] for which 2^k times the largest |xᵢ| is about 1; 0 for a vector of zeros. */
export function normalizingExponent(largest: number): number {
  return largest === 0 ? 0 : Math.min(Math.max(-binaryExponent(largest), -1000), 1000);
}
