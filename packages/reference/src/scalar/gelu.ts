import { exp } from "./exp.js";
import { expProduct } from "./expProduct.js";
import { productLow } from "./productLow.js";

// c = 1 / √(2π), and what its rounding lost
const c = 0.3989422804014327;
const cLow = -2.49232720227773e-17;

// Φ(z) = ½ + z (c + t (A0 + A1 t + ...)), t = z² ≤ 25/16, error < 2⁻⁶⁰
const A0 = -0.06649038006690534;
const A1 = 0.009973557010033256;
const A2 = -0.0011873282154555426;
const A3 = 0.00011543468748698114;
const A4 = -9.444655852634818e-6;
const A5 = 6.659685193381924e-7;
const A6 = -4.122553033342346e-8;
const A7 = 2.2724618418916547e-9;
const A8 = -1.123407484798778e-10;
const A9 = 4.838804702716983e-12;
const A10 = -1.4534826551023e-13;

// log(c / (x e^(x²/2) Φ(−x))) ≈ (P0 + P1 x + ...) / (1 + Q1 x + ...) on [5/4, 3], error < 2⁻⁵⁵; all coefficients that matter are positive
const P0 = 4.542255701250101;
const P1 = 70.08995331146085;
const P2 = 170.18564566531794;
const P3 = 78.78631817792854;
const P4 = 19.899961117081286;
const P5 = 2.5229084931397887;
const P6 = 0.0006600987420533634;
const P7 = -1.5631046566740278e-5;
const Q1 = 31.425296343621863;
const Q2 = 173.45581694913784;
const Q3 = 294.4187730035359;
const Q4 = 210.69043708549614;
const Q5 = 86.54749622617449;
const Q6 = 19.735449970536916;
const Q7 = 2.5360932108981316;

// log(c / (x e^(x²/2) Φ(−x))) ≈ s (R0 + R1 s + ...) / (1 + S1 s + ...), s = 1 / x², for x > 3, error < 2⁻⁵⁶
const R0 = 0.9999999999999806;
const R1 = 64.31419159285281;
const R2 = 1490.3040219442312;
const R3 = 15549.978496161346;
const R4 = 74541.34372219697;
const R5 = 148681.02423228513;
const R6 = 91988.57557850835;
const R7 = 4901.9733382399;
const S1 = 66.81419159281688;
const S2 = 1645.0061676137682;
const S3 = 18926.70221300835;
const S4 = 106649.84325666753;
const S5 = 281715.0751160036;
const S6 = 301283.48453749355;
const S7 = 88560.98554587452;

/** Φ(z), the normal distribution function, for |z| ≤ 5/4, at most 3 ULP; coefficients from `assembly/scalar/fit/gelu.py`. */
function cumulative(z: number): number {
  const t = z * z;
  const series = A0 + t * (A1 + t * (A2 + t * (A3 + t * (A4 + t * (A5 + t * (A6 + t * (A7 + t * (A8 + t * (A9 + t * A10)))))))));
  return 0.5 + z * c + z * (cLow + t * series);
}

/** log(c / (x e^(x²/2) Φ(−x))) for 5/4 < x < 40: how far Mills' ratio lies below 1 / x. */
function decay(x: number): number {
  if (x <= 3) {
    const top = P0 + x * (P1 + x * (P2 + x * (P3 + x * (P4 + x * (P5 + x * (P6 + x * P7))))));
    const bottom = 1 + x * (Q1 + x * (Q2 + x * (Q3 + x * (Q4 + x * (Q5 + x * (Q6 + x * Q7))))));
    return top / bottom;
  }
  const s = 1 / (x * x);
  const top = R0 + s * (R1 + s * (R2 + s * (R3 + s * (R4 + s * (R5 + s * (R6 + s * R7))))));
  const bottom = 1 + s * (S1 + s * (S2 + s * (S3 + s * (S4 + s * (S5 + s * (S6 + s * S7))))));
  return (s * top) / bottom;
}

/**
 * gelu: z Φ(z), at most 3 ULP; −0 where Φ(z) vanishes.
 *
 *   |z| ≤ 5/4: Φ by its series    z < −5/4: −c e^−(z²/2 + decay(|z|)), one exponential, its argument a sum of two doubles    z > 5/4: z + gelu(−z)
 */
export function gelu(z: number): number {
  const x = Math.abs(z);
  if (x <= 1.25) return z * cumulative(z);
  if (!(x < 40)) return z < 0 ? -0 : z;
  const square = x * x;
  const half = 0.5 * square;
  const below = decay(x);
  const sum = half + below;
  const tail = expProduct(-sum, below - (sum - half) + 0.5 * productLow(x, x, square), c);
  return z < 0 ? -tail : z - tail;
}

/** geluSlope: Φ(z) + z φ(z), at most 3 ULP or 2⁻⁵³, whichever is more: it has a zero at −0.7518. */
export function geluSlope(z: number): number {
  const x = Math.abs(z);
  if (x <= 1.25) return cumulative(z) + z * (c * exp(-0.5 * z * z));
  if (!(x < 40)) return z < 0 ? -0 : z > 0 ? 1 : z;
  const square = x * x;
  const overshoot = expProduct(-0.5 * square, 0.5 * productLow(x, x, square), c * (x - exp(-decay(x)) / x));
  return z < 0 ? -overshoot : 1 + overshoot;
}
