import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";

/**
 * tanh: the hyperbolic tangent, odd, at most 3 ULP; tanh(−0) = −0.
 *
 * Source: fdlibm s_tanh.c, on our own expm1.
 */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < 2 ** -28) return x; // x³ / 3 no longer shows
  let magnitude = 1;
  if (a < 1) {
    const t = expm1(-2 * a);
    magnitude = -t / (t + 2);
  } else if (!(a >= 22)) {
    magnitude = 1 - 2 / (expm1(2 * a) + 2);
  }
  return x < 0 ? -magnitude : magnitude;
}

/** tanhSlope: 1 − tanh² x = 4u / (1 + u)², u = e^(−2 |x|), at most 4 ULP. */
export function tanhSlope(x: number): number {
  const u = exp(-2 * Math.abs(x));
  const divisor = 1 + u;
  return (4 * u) / (divisor * divisor);
}
