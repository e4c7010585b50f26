import { powerOfTwo } from "./bits.js";

// fdlibm e_exp.c: r (e^r + 1) / (e^r − 1) ≈ 2 + P1 r² + P2 r⁴ + ... on |r| ≤ ½ ln 2, error < 2⁻⁵⁹
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 6.613756321437934e-5;
const P4 = -1.6533902205465252e-6;
const P5 = 4.1381367970572385e-8;

/**
 * expReduced: 2^k e^(hi − lo) for |hi − lo| ≤ ½ ln 2, a tiny lo, and −1080 ≤ k ≤ 1080.
 *
 * Source: fdlibm e_exp.c, with the last sum compensated and the scaling split in two exact halves, so that a subnormal result is rounded once more
 * and no more than that.
 */
export function expReduced(k: number, hi: number, lo: number): number {
  const r = hi - lo;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));

  const sum = 1 + hi;
  const lost = hi - (sum - 1);
  const mantissa = sum + (lost + ((r * c) / (2 - c) - lo));
  const half = k >> 1;
  return mantissa * powerOfTwo(half) * powerOfTwo(k - half);
}
