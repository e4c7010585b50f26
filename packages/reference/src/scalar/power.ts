import { high, withHigh } from "./bits.js";
import { expReduced } from "./expReduced.js";
import { productLow } from "./productLow.js";

const sqrtHalfHigh = 0x3fe6a09e; // upper word of √½
const oneHigh = 0x3ff00000;

// ln 2 and 2 / (3 ln 2), each with what its rounding lost
const ln2 = Math.LN2;
const ln2Low = 2.3190468138462996e-17;
const log2Scale: number = 0.9617966939259756;
const log2ScaleLow = 5.0577616648125907e-17;

/**
 * power: t^e for t ≥ 0, at most 1 ULP from the exact value, subnormal results included, for exponents of either sign.
 *
 * 0^e = 0 for every e, also e = 0: a zero stays zero. t^1 = t and t² = fl(t t) exactly; 1^e = 1. An infinite t gives an infinity, and NaN for e = 0.
 *
 *   t = 2^k m,  √½ ≤ m < √2,  s = (m − 1) / (m + 1),  log₂ t = k + 2 / (3 ln 2) s (3 + s² + s⁴ (3/5 + 3/7 s² + ...))
 *   e log₂ t = n + r,  |r| ≤ ½,  t^e = 2^n e^(r ln 2)
 *
 * The logarithm and the exponent are unevaluated sums of two doubles, to about 2⁻⁶⁵ of the larger. Source: the plan of fdlibm e_pow.c.
 */
export function power(t: number, e: number): number {
  if (t === 0) return 0;
  if (t === 1) return 1;
  if (e === 1) return t;
  if (e === 2) return t * t;
  if (!(t < Number.POSITIVE_INFINITY)) return t * e;

  const normal = t < 2 ** -1022 ? t * 2 ** 54 : t;
  const shifted = high(normal) + (oneHigh - sqrtHalfHigh);
  const k = (shifted >> 20) - (normal === t ? 1023 : 1077);
  const f = withHigh(normal, (shifted & 0x000fffff) + sqrtHalfHigh) - 1;

  const divisor = 2 + f;
  const s = f / divisor;
  const back = s * divisor;
  const sLow = (f - back - productLow(s, divisor, back) - s * (f - (divisor - 2))) / divisor;

  const z = s * s;
  const zLow = productLow(s, s, z) + 2 * s * sLow;
  const w = z * z;
  const even = 3 / 5 + w * (3 / 9 + w * (3 / 13 + w * (3 / 17 + w * (3 / 21))));
  const odd = 3 / 7 + w * (3 / 11 + w * (3 / 15 + w * (3 / 19 + w * (3 / 23))));
  const tail = w * (even + z * odd);
  const square = z + tail;
  const series = 3 + square;
  const seriesLow = square - (series - 3) + (tail - (square - z) + zLow);

  const product = s * series;
  const productRest = productLow(s, series, product) + (s * seriesLow + sLow * series);
  const fraction = product * log2Scale;
  const fractionLow = productLow(product, log2Scale, fraction) + (product * log2ScaleLow + productRest * log2Scale);
  const log2 = k + fraction;
  const log2Low = fraction - (log2 - k) + fractionLow;

  const y = e * log2;
  if (!(Math.abs(y) < 1079)) return y > 0 ? Number.POSITIVE_INFINITY : y < 0 ? 0 : Number.NaN;
  const yLow = productLow(e, log2, y) + e * log2Low;
  const n = Math.floor(y + 0.5);
  const r = y - n;
  const x = r * ln2;
  return expReduced(n, x, -(productLow(r, ln2, x) + (r * ln2Low + yLow * ln2)));
}
