import { expReduced } from "./expReduced";

// ln 2 = ln2Hi + ln2Lo; k · ln2Hi is exact for |k| < 2^20
const ln2Hi: f64 = 6.9314718036912381649e-1;
const ln2Lo: f64 = 1.90821492927058770002e-10;
const inverseLn2: f64 = 1.442695040888963387;

const overflow: f64 = 709.782712893383973096; // e^x is finite up to here
const underflow: f64 = -745.13321910194110842; // e^x rounds to zero below

/**
 * exp: e^x, at most 1 ULP from the exact value over the whole range, subnormal results included.
 *
 *   x = k ln 2 + r,  |r| ≤ ½ ln 2,  e^x = 2^k e^r
 */
export function exp(x: f64): f64 {
  if (!(x <= overflow)) return x + Infinity; // +∞ or NaN
  if (x < underflow) return 0;

  const k = floor(x * inverseLn2 + 0.5);
  return expReduced(<i32>k, x - k * ln2Hi, k * ln2Lo);
}
