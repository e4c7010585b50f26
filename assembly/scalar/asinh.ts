import { log } from "./log";
import { log1p } from "./log1p";

const ln2: f64 = 6.93147180559945286227e-1;

/**
 * asinh: log(x + √(x² + 1)), odd, at most 3 ULP.
 *
 * Source: fdlibm s_asinh.c, on our own log and log1p.
 */
export function asinh(x: f64): f64 {
  const a = abs(x);
  let magnitude = a;
  if (!(a <= 268435456))
    magnitude = log(a) + ln2; // 2^28: the 1 below the root no longer shows
  else if (a > 2) magnitude = log(2 * a + 1 / (sqrt(a * a + 1) + a));
  else if (a >= 3.7252902984619140625e-9) magnitude = log1p(a + (a * a) / (1 + sqrt(1 + a * a))); // from 2^-28 on x³ / 6 shows
  return x < 0 ? -magnitude : magnitude;
}
