import { Bits } from "./bits";

// ln 2 = ln2Hi + ln2Lo; k · ln2Hi is exact for |k| < 2^20
const ln2Hi: f64 = 6.9314718036912381649e-1;
const ln2Lo: f64 = 1.90821492927058770002e-10;
const inverseLn2: f64 = 1.442695040888963387;

// fdlibm e_exp.c: r (e^r + 1) / (e^r − 1) ≈ 2 + P1 r² + P2 r⁴ + ... on |r| ≤ ½ ln 2, error < 2⁻⁵⁹
const P1: f64 = 1.66666666666666019037e-1;
const P2: f64 = -2.77777777770155933842e-3;
const P3: f64 = 6.61375632143793436117e-5;
const P4: f64 = -1.6533902205465251539e-6;
const P5: f64 = 4.13813679705723846039e-8;

const overflow: f64 = 709.782712893383973096; // e^x is finite up to here
const underflow: f64 = -745.13321910194110842; // e^x rounds to zero below

/**
 * exp: e^x, at most 1 ULP from the exact value over the whole range, subnormal results included.
 *
 *   x = k ln 2 + r,  |r| ≤ ½ ln 2,  e^x = 2^k e^r
 *
 * Source: fdlibm e_exp.c, with the last sum compensated and the scaling split in two exact halves, so that a subnormal result is rounded once more
 * and no more than that.
 */
export function exp(x: f64): f64 {
  if (!(x <= overflow)) return x + Infinity; // +∞ or NaN
  if (x < underflow) return 0;

  const k = floor(x * inverseLn2 + 0.5);
  const hi = x - k * ln2Hi;
  const lo = k * ln2Lo;
  const r = hi - lo;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));

  const sum = 1 + hi;
  const lost = hi - (sum - 1);
  const mantissa = sum + (lost + ((r * c) / (2 - c) - lo));
  const half = <i32>k >> 1;
  return mantissa * Bits.powerOfTwo(half) * Bits.powerOfTwo(<i32>k - half);
}
