/** indexOf: the lowest i with xᵢ = value, n if there is none, as for NaN. x: f64[n], 8-byte aligned, n ≥ 0. */
export function indexOf(x: usize, n: i32, value: f64): i32 {
  const values = f64x2.splat(value);
  let i = 0;
  for (; i + 4 <= n; i += 4, x += 32) {
    if (v128.any_true(v128.or(f64x2.eq(v128.load(x), values), f64x2.eq(v128.load(x, 16), values)))) break;
  }
  for (; i < n; ++i, x += 8) if (load<f64>(x) == value) break;
  return i;
}
