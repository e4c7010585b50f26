// ln 2 = ln2Hi + ln2Lo; k · ln2Hi is exact for |k| < 2^20
const ln2Hi: f64 = 6.9314718036912381649e-1;
const ln2Lo: f64 = 1.90821492927058770002e-10;

// fdlibm e_log.c: log((1 + s) / (1 − s)) = 2s + s R(s²) on |s| ≤ 0.1716, error < 2⁻⁵⁸·⁴⁵
const L1: f64 = 6.66666666666673513e-1;
const L2: f64 = 3.999999999940941908e-1;
const L3: f64 = 2.857142874366239149e-1;
const L4: f64 = 2.222219843214978396e-1;
const L5: f64 = 1.818357216161805012e-1;
const L6: f64 = 1.531383769920937332e-1;
const L7: f64 = 1.479819860511658591e-1;

/**
 * logReduced: k ln 2 + log(1 + f) + correction for √½ − 1 ≤ f < √2 − 1 and a tiny correction.
 *
 * Source: fdlibm e_log.c, with k ln2Hi + f kept as an unevaluated sum: their roundings would cost half an ULP where they cancel.
 */
export function logReduced(k: f64, f: f64, correction: f64): f64 {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const even = w * (L2 + w * (L4 + w * L6));
  const halfSquare = 0.5 * f * f;

  const whole = k * ln2Hi;
  const sum = whole + f;
  const lost = k == 0 ? 0 : f - (sum - whole); // |f| < |whole|
  return sum + (lost - (halfSquare - (s * (halfSquare + (odd + even)) + (k * ln2Lo + correction))));
}
