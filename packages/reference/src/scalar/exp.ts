import { powerOfTwo } from "./bits.js";

// ln 2 = ln2Hi + ln2Lo; k · ln2Hi is exact for |k| < 2^20
const ln2Hi = 0.6931471803691238;
const ln2Lo = 1.9082149292705877e-10;
const inverseLn2 = Math.LOG2E;

// fdlibm e_exp.c: r (e^r + 1) / (e^r − 1) ≈ 2 + P1 r² + P2 r⁴ + ... on |r| ≤ ½ ln 2, error < 2⁻⁵⁹
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 6.613756321437934e-5;
const P4 = -1.6533902205465252e-6;
const P5 = 4.1381367970572385e-8;

const overflow = 709.782712893384; // e^x is finite up to here
const underflow = -745.1332191019411; // e^x rounds to zero below

/**
 * exp: e^x, at most 1 ULP from the exact value over the whole range, subnormal results included.
 *
 *   x = k ln 2 + r,  |r| ≤ ½ ln 2,  e^x = 2^k e^r
 *
 * Source: fdlibm e_exp.c, with the last sum compensated and the scaling split in two exact halves, so that a subnormal result is rounded once more
 * and no more than that.
 */
export function exp(x: number): number {
  if (!(x <= overflow)) return x + Number.POSITIVE_INFINITY; // +∞ or NaN
  if (x < underflow) return 0;

  const k = Math.floor(x * inverseLn2 + 0.5);
  const hi = x - k * ln2Hi;
  const lo = k * ln2Lo;
  const r = hi - lo;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));

  const sum = 1 + hi;
  const lost = hi - (sum - 1);
  const mantissa = sum + (lost + ((r * c) / (2 - c) - lo));
  const half = k >> 1;
  return mantissa * powerOfTwo(half) * powerOfTwo(k - half);
}
