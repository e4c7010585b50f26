import { powerOfTwo } from "./bits.js";

// ln 2 = ln2Hi + ln2Lo; k · ln2Hi is exact for |k| < 2^20
const ln2Hi = 0.6931471803691238;
const ln2Lo = 1.9082149292705877e-10;
const inverseLn2 = Math.LOG2E;

// fdlibm s_expm1.c: 6 / r ((e^r + 1) / (e^r − 1) − 2 / r) ≈ 1 + Q1 h + Q2 h² + ... with h = r² / 2, error < 2⁻⁶¹
const Q1 = -0.03333333333333313;
const Q2 = 0.0015873015872548146;
const Q3 = -7.93650757867488e-5;
const Q4 = 4.008217827329362e-6;
const Q5 = -2.0109921818362437e-7;

const overflow = 709.782712893384; // e^x is finite up to here

/**
 * expm1: e^x − 1, at most 2 ULP; expm1(−0) = −0.
 *
 *   x = k ln 2 + r,  |r| ≤ ½ ln 2,  e^x − 1 = 2^k (e^r − 1) + (2^k − 1), summed in the order that loses least for each k
 *
 * Source: fdlibm s_expm1.c.
 */
export function expm1(x: number): number {
  if (!(x <= overflow)) return x + Number.POSITIVE_INFINITY; // +∞ or NaN
  if (x < -38) return -1;
  if (Math.abs(x) < 5.551115123125783e-17) return x; // 2^-54

  const k = Math.floor(x * inverseLn2 + 0.5);
  const hi = x - k * ln2Hi;
  const lo = k * ln2Lo;
  const r = hi - lo;
  const lost = hi - r - lo;

  const halfR = 0.5 * r;
  const h = r * halfR;
  const r1 = 1 + h * (Q1 + h * (Q2 + h * (Q3 + h * (Q4 + h * Q5))));
  const t = 3 - r1 * halfR;
  const e = h * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * e - h);
  return scaleUp(r, r * (e - lost) - lost - h, k);
}

/** 2^k (1 + r − e) − 1 for k ≠ 0. */
function scaleUp(r: number, e: number, k: number): number {
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k === 1024) return (r - e + 1) * 2 * powerOfTwo(1023) - 1;
  const power = powerOfTwo(k);
  if (k < 0 || k > 56) return (r - e + 1) * power - 1;
  const inverse = powerOfTwo(-k);
  return (k < 20 ? r - e + (1 - inverse) : r - (e + inverse) + 1) * power;
}
