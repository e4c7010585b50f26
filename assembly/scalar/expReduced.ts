import { Bits } from "./bits";

// fdlibm e_exp.c: r (e^r + 1) / (e^r − 1) ≈ 2 + P1 r² + P2 r⁴ + ... on |r| ≤ ½ ln 2, error < 2⁻⁵⁹
const P1: f64 = 1.66666666666666019037e-1;
const P2: f64 = -2.77777777770155933842e-3;
const P3: f64 = 6.61375632143793436117e-5;
const P4: f64 = -1.6533902205465251539e-6;
const P5: f64 = 4.13813679705723846039e-8;

/**
 * expReduced: 2^k e^(hi − lo) for |hi − lo| ≤ ½ ln 2, a tiny lo, and −1080 ≤ k ≤ 1080.
 *
 * Source: fdlibm e_exp.c, with the last sum compensated and the scaling split in two exact halves, so that a subnormal result is rounded once more
 * and no more than that.
 */
export function expReduced(k: i32, hi: f64, lo: f64): f64 {
  const r = hi - lo;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));

  const sum = 1 + hi;
  const lost = hi - (sum - 1);
  const mantissa = sum + (lost + ((r * c) / (2 - c) - lo));
  const half = k >> 1;
  return mantissa * Bits.powerOfTwo(half) * Bits.powerOfTwo(k - half);
}
