import { expReduced } from "./expReduced.js";

// ln 2 = ln2Hi + ln2Lo; k · ln2Hi is exact for |k| < 2^20
const ln2Hi = 0.6931471803691238;
const ln2Lo = 1.9082149292705877e-10;
const inverseLn2 = Math.LOG2E;

/**
 * expProduct: factor e^(hi − lo) for −790 ≤ hi ≤ 0 and a lo below the last place of hi, at most 2 ULP from the exact value: the power is formed 2⁶⁴ times
 * as large, so that it is not subnormal where the product with a larger factor is.
 */
export function expProduct(hi: number, lo: number, factor: number): number {
  const k = Math.floor(hi * inverseLn2 + 0.5);
  return expReduced(k + 64, hi - k * ln2Hi, k * ln2Lo + lo) * factor * 2 ** -64;
}
