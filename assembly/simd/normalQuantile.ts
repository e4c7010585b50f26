import { Log } from "./log";

// As in scalar/normalQuantile.ts; in memory, as the constants of simd/exp.ts.
const above = memory.data<f64>([
  2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4, 1.3731693765509461125e4,
  1.9715909503065514427e3, 1.3314166789178437745e2, 3.387132872796366608,
]);
const below = memory.data<f64>([
  5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4, 2.1213794301586595867e4, 5.3941960214247511077e3,
  6.871870074920579083e2, 4.2313330701600911252e1, 1,
]);

const shoulderAbove = memory.data<f64>([
  7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258, 3.64784832476320460504,
  5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
]);
const shoulderBelow = memory.data<f64>([
  1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1, 6.8976733498510000455e-1,
  1.6763848301838038494, 2.05319162663775882187, 1,
]);

const centralSquare = memory.data<f64>([0.180625]); // 0.425²
const shoulderFrom = memory.data<f64>([1.6]);
const one = memory.data<f64>([1]);

/** The normal quantile of two probabilities at once. */
export class NormalQuantile {
  /** Φ⁻¹(½ + q) of both lanes where |q| ≤ 0.425: operation for operation that of scalar/normalQuantile.ts, so the same bits. */
  @inline static central(q: v128): v128 {
    const r = f64x2.sub(v128.load64_splat(centralSquare), f64x2.mul(q, q));
    return f64x2.mul(q, f64x2.div(NormalQuantile.polynomial(above, r), NormalQuantile.polynomial(below, r)));
  }

  /** r = √−log of the smaller one of p and 1 − p, in both lanes. */
  @inline static distance(p: v128, q: v128): v128 {
    const isLower = f64x2.lt(q, f64x2.splat(0));
    return f64x2.sqrt(f64x2.neg(Log.pair(v128.bitselect(p, f64x2.sub(v128.load64_splat(one), p), isLower))));
  }

  /** Φ⁻¹(½ + q) of both lanes where |q| > 0.425 and the distance r ≤ 5: operation for operation that of scalar/normalQuantile.ts, so the same bits. */
  @inline static shoulder(q: v128, r: v128): v128 {
    const from = f64x2.sub(r, v128.load64_splat(shoulderFrom));
    const size = f64x2.div(NormalQuantile.polynomial(shoulderAbove, from), NormalQuantile.polynomial(shoulderBelow, from));
    return v128.bitselect(q, size, f64x2.splat(-0.0)); // with the sign of q
  }

  /** The polynomial of degree 7 with the coefficients, those of high powers first, in both lanes. */
  @inline static polynomial(coefficients: usize, r: v128): v128 {
    let value = v128.load64_splat(coefficients);
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients + 8));
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients + 16));
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients + 24));
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients + 32));
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients + 40));
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients + 48));
    return f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients + 56));
  }
}
