import { Lanes } from "../simd/lanes";

/**
 * rotate: (xᵢ, yᵢ) ← (a xᵢ + b yᵢ, c xᵢ + d yᵢ), every product and sum rounded separately.
 *
 * x, y: f64[n], 8-byte aligned, n ≥ 0, not overlapping; coefficients: f64[4] = a, b, c, d.
 */
export function rotate(x: usize, y: usize, n: i32, coefficients: usize): void {
  const end = x + ((<usize>n) << 3);
  const pairEnd = x + ((<usize>(n & ~1)) << 3);

  const a = v128.load64_splat(coefficients);
  const b = v128.load64_splat(coefficients, 8);
  const c = v128.load64_splat(coefficients, 16);
  const d = v128.load64_splat(coefficients, 24);
  for (; x < pairEnd; x += 16, y += 16) {
    const xs = v128.load(x);
    const ys = v128.load(y);
    v128.store(x, f64x2.add(f64x2.mul(a, xs), f64x2.mul(b, ys)));
    v128.store(y, f64x2.add(f64x2.mul(c, xs), f64x2.mul(d, ys)));
  }
  if (x < end) rotateEntry(x, y, coefficients);
}

/**
 * rotateAndDot: `rotate`, and returns dot(y, z) of the new y: the same bits as `dot`, without another pass.
 *
 * z: f64[n], not overlapping x or y.
 */
export function rotateAndDot(x: usize, y: usize, z: usize, n: i32, coefficients: usize): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  const a = v128.load64_splat(coefficients);
  const b = v128.load64_splat(coefficients, 8);
  const c = v128.load64_splat(coefficients, 16);
  const d = v128.load64_splat(coefficients, 24);
  let lo = f64x2.splat(0);
  let hi = lo;
  for (; x < blockEnd; x += 32, y += 32, z += 32) {
    const xLo = v128.load(x);
    const yLo = v128.load(y);
    v128.store(x, f64x2.add(f64x2.mul(a, xLo), f64x2.mul(b, yLo)));
    const newLo = f64x2.add(f64x2.mul(c, xLo), f64x2.mul(d, yLo));
    v128.store(y, newLo);
    lo = f64x2.add(lo, f64x2.mul(newLo, v128.load(z)));
    const xHi = v128.load(x, 16);
    const yHi = v128.load(y, 16);
    v128.store(x, f64x2.add(f64x2.mul(a, xHi), f64x2.mul(b, yHi)), 16);
    const newHi = f64x2.add(f64x2.mul(c, xHi), f64x2.mul(d, yHi));
    v128.store(y, newHi, 16);
    hi = f64x2.add(hi, f64x2.mul(newHi, v128.load(z, 16)));
  }

  let sum = Lanes.sum(f64x2.add(lo, hi));
  for (; x < end; x += 8, y += 8, z += 8) {
    rotateEntry(x, y, coefficients);
    sum += load<f64>(y) * load<f64>(z);
  }
  return sum;
}

function rotateEntry(x: usize, y: usize, coefficients: usize): void {
  const xi = load<f64>(x);
  const yi = load<f64>(y);
  store<f64>(x, load<f64>(coefficients) * xi + load<f64>(coefficients, 8) * yi);
  store<f64>(y, load<f64>(coefficients, 16) * xi + load<f64>(coefficients, 24) * yi);
}
