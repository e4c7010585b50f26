import type { Kernels } from "@steepest/kernels";
import { binaryExponent, timesPowerOfTwo } from "./binaryScale.js";

/** mantissa · 2^exponent for an integer exponent: a number that f64 need not hold. */
export interface Scaled {
  readonly mantissa: number;
  readonly exponent: number;
}

/** mantissas · 2^exponent: numbers with one exponent. */
export interface ScaledVector {
  readonly mantissas: Float64Array;
  readonly exponent: number;
}

/** The nearest double: 0 or infinite where the number is out of range. */
export function nearest({ mantissa, exponent }: Scaled): number {
  return timesPowerOfTwo(mantissa, exponent);
}

/** The e with 2^e <= |x| < 2^(e + 1); -Infinity for 0. */
export function exponentOf({ mantissa, exponent }: Scaled): number {
  return mantissa === 0 ? -Infinity : binaryExponent(mantissa) + exponent;
}

/** "10^-450": the power of ten nearest to |x|, for x other than 0. */
export function magnitudeText(kernels: Kernels, x: Scaled): string {
  const log2 = exponentOf(x) + kernels.log(Math.abs(timesPowerOfTwo(x.mantissa, -binaryExponent(x.mantissa)))) / kernels.log(2);
  return `10^${Math.round((log2 * kernels.log(2)) / kernels.log(10))}`;
}
