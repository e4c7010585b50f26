// ln 2 = ln2Hi + ln2Lo; k · ln2Hi is exact for |k| < 2^20
const ln2Hi = 0.6931471803691238;
const ln2Lo = 1.9082149292705877e-10;

// fdlibm e_log.c: log((1 + s) / (1 − s)) = 2s + s R(s²) on |s| ≤ 0.1716, error < 2⁻⁵⁸·⁴⁵
const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

/**
 * logReduced: k ln 2 + log(1 + f) + correction for √½ − 1 ≤ f < √2 − 1 and a tiny correction.
 *
 * Source: fdlibm e_log.c, with k ln2Hi + f kept as an unevaluated sum: their roundings would cost half an ULP where they cancel.
 */
export function logReduced(k: number, f: number, correction: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const even = w * (L2 + w * (L4 + w * L6));
  const halfSquare = 0.5 * f * f;

  const whole = k * ln2Hi;
  const sum = whole + f;
  const lost = k === 0 ? 0 : f - (sum - whole); // |f| < |whole|
  return sum + (lost - (halfSquare - (s * (halfSquare + (odd + even)) + (k * ln2Lo + correction))));
}
