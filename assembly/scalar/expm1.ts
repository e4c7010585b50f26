import { Bits } from "./bits";

// ln 2 = ln2Hi + ln2Lo; k · ln2Hi is exact for |k| < 2^20
const ln2Hi: f64 = 6.9314718036912381649e-1;
const ln2Lo: f64 = 1.90821492927058770002e-10;
const inverseLn2: f64 = 1.442695040888963387;

// fdlibm s_expm1.c: 6 / r ((e^r + 1) / (e^r − 1) − 2 / r) ≈ 1 + Q1 h + Q2 h² + ... with h = r² / 2, error < 2⁻⁶¹
const Q1: f64 = -3.33333333333331316428e-2;
const Q2: f64 = 1.58730158725481460165e-3;
const Q3: f64 = -7.93650757867487942473e-5;
const Q4: f64 = 4.00821782732936239552e-6;
const Q5: f64 = -2.01099218183624371326e-7;

const overflow: f64 = 709.782712893383973096; // e^x is finite up to here

/**
 * expm1: e^x − 1, at most 2 ULP; expm1(−0) = −0.
 *
 *   x = k ln 2 + r,  |r| ≤ ½ ln 2,  e^x − 1 = 2^k (e^r − 1) + (2^k − 1), summed in the order that loses least for each k
 *
 * Source: fdlibm s_expm1.c.
 */
export function expm1(x: f64): f64 {
  if (!(x <= overflow)) return x + Infinity; // +∞ or NaN
  if (x < -38) return -1;
  if (abs(x) < 5.551115123125783e-17) return x; // 2^-54

  const k = floor(x * inverseLn2 + 0.5);
  const hi = x - k * ln2Hi;
  const lo = k * ln2Lo;
  const r = hi - lo;
  const lost = hi - r - lo;

  const halfR = 0.5 * r;
  const h = r * halfR;
  const r1 = 1 + h * (Q1 + h * (Q2 + h * (Q3 + h * (Q4 + h * Q5))));
  const t = 3 - r1 * halfR;
  const e = h * ((r1 - t) / (6 - r * t));
  if (k == 0) return r - (r * e - h);
  return scaleUp(r, r * (e - lost) - lost - h, <i32>k);
}

/** 2^k (1 + r − e) − 1 for k ≠ 0. */
function scaleUp(r: f64, e: f64, k: i32): f64 {
  if (k == -1) return 0.5 * (r - e) - 0.5;
  if (k == 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k == 1024) return (r - e + 1) * 2 * Bits.powerOfTwo(1023) - 1;
  const power = Bits.powerOfTwo(k);
  if (k < 0 || k > 56) return (r - e + 1) * power - 1;
  const inverse = Bits.powerOfTwo(-k);
  return (k < 20 ? r - e + (1 - inverse) : r - (e + inverse) + 1) * power;
}
