import { Lanes } from "../simd/lanes";

/**
 * dotQuad: out[j] ← dot(x, strand j) for four strands at a time: the same bits as four calls of `dot`, each x loaded once.
 *
 * x: f64[n]; strands: four of f64[n], `stride` bytes apart; out: f64[4], overlaps nothing.
 */
export function dotQuad(x: usize, strands: usize, stride: usize, n: i32, out: usize): void {
  let y0 = strands;
  let y1 = y0 + stride;
  let y2 = y1 + stride;
  let y3 = y2 + stride;
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  let lo0 = f64x2.splat(0);
  let hi0 = lo0;
  let lo1 = lo0;
  let hi1 = lo0;
  let lo2 = lo0;
  let hi2 = lo0;
  let lo3 = lo0;
  let hi3 = lo0;
  for (; x < blockEnd; x += 32, y0 += 32, y1 += 32, y2 += 32, y3 += 32) {
    const lo = v128.load(x);
    const hi = v128.load(x, 16);
    lo0 = f64x2.add(lo0, f64x2.mul(lo, v128.load(y0)));
    hi0 = f64x2.add(hi0, f64x2.mul(hi, v128.load(y0, 16)));
    lo1 = f64x2.add(lo1, f64x2.mul(lo, v128.load(y1)));
    hi1 = f64x2.add(hi1, f64x2.mul(hi, v128.load(y1, 16)));
    lo2 = f64x2.add(lo2, f64x2.mul(lo, v128.load(y2)));
    hi2 = f64x2.add(hi2, f64x2.mul(hi, v128.load(y2, 16)));
    lo3 = f64x2.add(lo3, f64x2.mul(lo, v128.load(y3)));
    hi3 = f64x2.add(hi3, f64x2.mul(hi, v128.load(y3, 16)));
  }

  let sum0 = Lanes.sum(f64x2.add(lo0, hi0));
  let sum1 = Lanes.sum(f64x2.add(lo1, hi1));
  let sum2 = Lanes.sum(f64x2.add(lo2, hi2));
  let sum3 = Lanes.sum(f64x2.add(lo3, hi3));
  for (; x < end; x += 8, y0 += 8, y1 += 8, y2 += 8, y3 += 8) {
    const value = load<f64>(x);
    sum0 += value * load<f64>(y0);
    sum1 += value * load<f64>(y1);
    sum2 += value * load<f64>(y2);
    sum3 += value * load<f64>(y3);
  }
  store<f64>(out, sum0);
  store<f64>(out, sum1, 8);
  store<f64>(out, sum2, 16);
  store<f64>(out, sum3, 24);
}
