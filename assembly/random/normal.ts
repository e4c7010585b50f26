import { normalQuantile } from "../scalar/normalQuantile";
import { philox } from "../scalar/philox";
import { NormalQuantile } from "../simd/normalQuantile";
import { philoxOctet } from "../simd/philoxOctet";

/** The middle of one of 2⁵² equal intervals of (0, 1), chosen by 52 bits of a word pair. */
function middle(hi: u32, lo: u32): f64 {
  return (<f64>(hi >> 6) * 67108864 + <f64>(lo >> 6) + 0.5) * 2.220446049250313e-16; // 2^26, 2^-52
}

// In memory, as the constants of simd/exp.ts.
const upperUnit = memory.data<f64>([67108864]); // 2^26
const lowerUnit = memory.data<f64>([2.220446049250313e-16]); // 2^-52
const half = memory.data<f64>([0.5]);
const centralLimit = memory.data<f64>([0.425]);

/** `middle` of the first two lanes. Words are below 2^26 after the shift, so that signed conversion, which is one instruction, is theirs. */
function middles(hi: v128, lo: v128): v128 {
  const upper = f64x2.mul(f64x2.convert_low_i32x4_s(i32x4.shr_u(hi, 6)), v128.load64_splat(upperUnit));
  const sum = f64x2.add(f64x2.add(upper, f64x2.convert_low_i32x4_s(i32x4.shr_u(lo, 6))), v128.load64_splat(half));
  return f64x2.mul(sum, v128.load64_splat(lowerUnit));
}

/** out f64[8] ← the middles of the words u32[4][4] of four blocks, in the order of the stream. */
function spread(out: usize): void {
  const x0 = v128.load(out);
  const x1 = v128.load(out, 16);
  const x2 = v128.load(out, 32);
  const x3 = v128.load(out, 48);
  const even = middles(x0, x1);
  const odd = middles(x2, x3);
  const evenUpper = middles(v128.shuffle<i64>(x0, x0, 1, 1), v128.shuffle<i64>(x1, x1, 1, 1));
  const oddUpper = middles(v128.shuffle<i64>(x2, x2, 1, 1), v128.shuffle<i64>(x3, x3, 1, 1));
  v128.store(out, v128.shuffle<f64>(even, odd, 0, 2));
  v128.store(out, v128.shuffle<f64>(even, odd, 1, 3), 16);
  v128.store(out, v128.shuffle<f64>(evenUpper, oddUpper, 0, 2), 32);
  v128.store(out, v128.shuffle<f64>(evenUpper, oddUpper, 1, 3), 48);
}

/** Replaces p0 and p1 at two places, both further than 0.425 from ½, by Φ⁻¹ of them. */
function replaceOuter(place0: usize, place1: usize): void {
  const p = v128.load_lane<f64>(place1, v128.load64_zero(place0), 1);
  const q = f64x2.sub(p, v128.load64_splat(half));
  const r = NormalQuantile.distance(p, q);
  if (i64x2.all_true(f64x2.le(r, f64x2.splat(5)))) {
    const quantiles = NormalQuantile.shoulder(q, r);
    v128.store_lane<f64>(place0, quantiles, 0);
    v128.store_lane<f64>(place1, quantiles, 1);
  } else {
    store<f64>(place0, normalQuantile(load<f64>(place0)));
    store<f64>(place1, normalQuantile(load<f64>(place1)));
  }
}

/** Replaces the probabilities f64[count] by Φ⁻¹ of them, but those further than 0.425 from ½; returns a bit for each of these, count ≤ 64 and even. */
function replaceCentral(out: usize, count: i32): u64 {
  let outer: u64 = 0;
  for (let i: u64 = 0; i < <u64>count; i += 2, out += 16) {
    const p = v128.load(out);
    const q = f64x2.sub(p, v128.load64_splat(half));
    const isOuter = f64x2.gt(f64x2.abs(q), v128.load64_splat(centralLimit));
    v128.store(out, v128.bitselect(p, NormalQuantile.central(q), isOuter));
    outer |= (<u64>i64x2.bitmask(isOuter)) << i;
  }
  return outer;
}

/**
 * randomNormal: outᵢ standard normal, number i of the stream: by inversion from word pair i mod 2 of Philox block ⌊i / 2⌋.
 *
 * out: f64[n], 8-byte aligned, n ≥ 0. The first numbers of a stream do not depend on n.
 */
export function randomNormal(out: usize, n: i32, seedLow: u32, seedHigh: u32, stream: u32): void {
  let block = 0;
  let waiting: usize = 0; // the place of a probability far from ½ that waits for a second one, so that two of them are replaced at once
  for (let left = n & ~15; left > 0; left -= 64) {
    const count = min(left, 64);
    for (let place = out, end = out + ((<usize>count) << 3); place < end; place += 128, block += 8) {
      philoxOctet(block, stream, seedLow, seedHigh, place);
      spread(place);
      spread(place + 64);
    }
    for (let outer = replaceCentral(out, count); outer != 0; outer &= outer - 1) {
      const place = out + ((<usize>ctz(outer)) << 3);
      if (waiting != 0) replaceOuter(waiting, place);
      waiting = waiting != 0 ? 0 : place;
    }
    out += (<usize>count) << 3;
  }
  if (waiting != 0) store<f64>(waiting, normalQuantile(load<f64>(waiting)));
  for (let i = 2 * block; i < n; i += 2, ++block, out += 16) {
    const words = philox(block, stream, seedLow, seedHigh);
    store<f64>(out, normalQuantile(middle(i32x4.extract_lane(words, 0), i32x4.extract_lane(words, 1))));
    if (i + 1 < n) store<f64>(out, normalQuantile(middle(i32x4.extract_lane(words, 2), i32x4.extract_lane(words, 3))), 8);
  }
}
