import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";

/**
 * sinh: (e^x − e^−x) / 2, odd, at most 3 ULP; finite for |x| < 710.4758.
 *
 * Source: fdlibm e_sinh.c, on our own exp and expm1.
 */
export function sinh(x: number): number {
  const a = Math.abs(x);
  let magnitude: number;
  if (a < 22) {
    const t = expm1(a);
    magnitude = a < 1 ? 0.5 * (2 * t - (t * t) / (t + 1)) : 0.5 * (t + t / (t + 1));
  } else if (a < 709) {
    magnitude = 0.5 * exp(a);
  } else {
    const root = exp(0.5 * a); // e^a overflows before its half does
    magnitude = 0.5 * root * root;
  }
  return x < 0 ? -magnitude : magnitude;
}
