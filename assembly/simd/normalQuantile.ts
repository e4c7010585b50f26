// As in scalar/normalQuantile.ts; in memory, as the constants of simd/exp.ts.
const above = memory.data<f64>([
  2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4, 1.3731693765509461125e4,
  1.9715909503065514427e3, 1.3314166789178437745e2, 3.387132872796366608,
]);
const below = memory.data<f64>([
  5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4, 2.1213794301586595867e4, 5.3941960214247511077e3,
  6.871870074920579083e2, 4.2313330701600911252e1, 1,
]);

/** The normal quantile of two probabilities at once. */
export class NormalQuantile {
  /** Φ⁻¹(½ + q) of both lanes where |q| ≤ 0.425: operation for operation that of scalar/normalQuantile.ts, so the same bits. */
  @inline static central(q: v128): v128 {
    const r = f64x2.sub(f64x2.splat(0.180625), f64x2.mul(q, q));
    return f64x2.mul(q, f64x2.div(NormalQuantile.polynomial(above, r), NormalQuantile.polynomial(below, r)));
  }

  /** The polynomial of degree 7 with the coefficients, those of high powers first, in both lanes. */
  @inline static polynomial(coefficients: usize, r: v128): v128 {
    let value = v128.load64_splat(coefficients);
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients, 8));
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients, 16));
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients, 24));
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients, 32));
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients, 40));
    value = f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients, 48));
    return f64x2.add(f64x2.mul(value, r), v128.load64_splat(coefficients, 56));
  }
}
