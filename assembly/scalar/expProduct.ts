import { expReduced } from "./expReduced";

// ln 2 = ln2Hi + ln2Lo; k · ln2Hi is exact for |k| < 2^20
const ln2Hi: f64 = 6.9314718036912381649e-1;
const ln2Lo: f64 = 1.90821492927058770002e-10;
const inverseLn2: f64 = 1.442695040888963387;

/**
 * expProduct: factor e^(hi − lo) for −790 ≤ hi ≤ 0 and a lo below the last place of hi, at most 2 ULP from the exact value: the power is formed 2⁶⁴ times
 * as large, so that it is not subnormal where the product with a larger factor is.
 */
export function expProduct(hi: f64, lo: f64, factor: f64): f64 {
  const k = floor(hi * inverseLn2 + 0.5);
  return expReduced(<i32>k + 64, hi - k * ln2Hi, k * ln2Lo + lo) * factor * 5.421010862427522e-20; // 2^-64
}
