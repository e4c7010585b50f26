import type { Kernels } from "@steepest/kernels";

/** base^n for an integer n >= 0, by n - 1 multiplications: host `**` differs between engines in the last bit. */
export function integerPower(base: number, n: number): number {
  let power = 1;
  for (let i = 0; i < n; i++) power *= base;
  return power;
}

const longestProduct = 64;

/** base^exponent for base > 0, exponent > 0. Integer exponents up to 64 by multiplication, others as exp(exponent log base). */
export function power(kernels: Kernels, base: number, exponent: number): number {
  if (Number.isInteger(exponent) && exponent <= longestProduct) return integerPower(base, exponent);
  return kernels.exp(exponent * kernels.log(base));
}
