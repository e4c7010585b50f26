import { log } from "./log.js";
import { log1p } from "./log1p.js";

const ln2 = Math.LN2;

/**
 * asinh: log(x + √(x² + 1)), odd, at most 3 ULP.
 *
 * Source: fdlibm s_asinh.c, on our own log and log1p.
 */
export function asinh(x: number): number {
  const a = Math.abs(x);
  let magnitude = a;
  if (!(a <= 2 ** 28))
    magnitude = log(a) + ln2; // the 1 below the root no longer shows
  else if (a > 2) magnitude = log(2 * a + 1 / (Math.sqrt(a * a + 1) + a));
  else if (a >= 2 ** -28) magnitude = log1p(a + (a * a) / (1 + Math.sqrt(1 + a * a))); // from 2^-28 on x³ / 6 shows
  return x < 0 ? -magnitude : magnitude;
}
