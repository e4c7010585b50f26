import { expReduced } from "./expReduced.js";

// ln 2 = ln2Hi + ln2Lo; k · ln2Hi is exact for |k| < 2^20
const ln2Hi = 0.6931471803691238;
const ln2Lo = 1.9082149292705877e-10;
const inverseLn2 = Math.LOG2E;

const overflow = 709.782712893384; // e^x is finite up to here
const underflow = -745.1332191019411; // e^x rounds to zero below

/**
 * exp: e^x, at most 1 ULP from the exact value over the whole range, subnormal results included.
 *
 *   x = k ln 2 + r,  |r| ≤ ½ ln 2,  e^x = 2^k e^r
 */
export function exp(x: number): number {
  if (!(x <= overflow)) return x + Number.POSITIVE_INFINITY; // +∞ or NaN
  if (x < underflow) return 0;

  const k = Math.floor(x * inverseLn2 + 0.5);
  return expReduced(k, x - k * ln2Hi, k * ln2Lo);
}
