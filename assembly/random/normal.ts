import { normalQuantile } from "../scalar/normalQuantile";
import { philox } from "../scalar/philox";
import { NormalQuantile } from "../simd/normalQuantile";
import { philoxQuad } from "../simd/philoxQuad";

/** The middle of one of 2⁵² equal intervals of (0, 1), chosen by 52 bits of a word pair. */
function middle(hi: u32, lo: u32): f64 {
  return (<f64>(hi >> 6) * 67108864 + <f64>(lo >> 6) + 0.5) * 2.220446049250313e-16; // 2^26, 2^-52
}

/** `middle` of the first two lanes. */
function middles(hi: v128, lo: v128): v128 {
  const upper = f64x2.mul(f64x2.convert_low_i32x4_u(i32x4.shr_u(hi, 6)), f64x2.splat(67108864));
  const sum = f64x2.add(f64x2.add(upper, f64x2.convert_low_i32x4_u(i32x4.shr_u(lo, 6))), f64x2.splat(0.5));
  return f64x2.mul(sum, f64x2.splat(2.220446049250313e-16));
}

/** Φ⁻¹ of both lanes of p, at `out`. */
function storeNormals(p: v128, out: usize): void {
  const q = f64x2.sub(p, f64x2.splat(0.5));
  v128.store(out, NormalQuantile.central(q));
  const isOutside = i64x2.bitmask(f64x2.gt(f64x2.abs(q), f64x2.splat(0.425)));
  if (isOutside & 1) store<f64>(out, normalQuantile(f64x2.extract_lane(p, 0)));
  if (isOutside & 2) store<f64>(out, normalQuantile(f64x2.extract_lane(p, 1)), 8);
}

/**
 * randomNormal: outᵢ standard normal, number i of the stream: by inversion from word pair i mod 2 of Philox block ⌊i / 2⌋.
 *
 * out: f64[n], 8-byte aligned, n ≥ 0. The first numbers of a stream do not depend on n.
 */
export function randomNormal(out: usize, n: i32, seedLow: u32, seedHigh: u32, stream: u32): void {
  let block = 0;
  for (const quadEnd = out + ((<usize>(n & ~7)) << 3); out < quadEnd; block += 4, out += 64) {
    philoxQuad(block, stream, seedLow, seedHigh, out);
    const x0 = v128.load(out);
    const x1 = v128.load(out, 16);
    const x2 = v128.load(out, 32);
    const x3 = v128.load(out, 48);
    const even = middles(x0, x1);
    const odd = middles(x2, x3);
    const evenUpper = middles(v128.shuffle<i64>(x0, x0, 1, 1), v128.shuffle<i64>(x1, x1, 1, 1));
    const oddUpper = middles(v128.shuffle<i64>(x2, x2, 1, 1), v128.shuffle<i64>(x3, x3, 1, 1));
    storeNormals(v128.shuffle<f64>(even, odd, 0, 2), out);
    storeNormals(v128.shuffle<f64>(even, odd, 1, 3), out + 16);
    storeNormals(v128.shuffle<f64>(evenUpper, oddUpper, 0, 2), out + 32);
    storeNormals(v128.shuffle<f64>(evenUpper, oddUpper, 1, 3), out + 48);
  }
  for (let i = 2 * block; i < n; i += 2, ++block, out += 16) {
    const words = philox(block, stream, seedLow, seedHigh);
    store<f64>(out, normalQuantile(middle(i32x4.extract_lane(words, 0), i32x4.extract_lane(words, 1))));
    if (i + 1 < n) store<f64>(out, normalQuantile(middle(i32x4.extract_lane(words, 2), i32x4.extract_lane(words, 3))), 8);
  }
}
