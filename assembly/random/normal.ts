import { normalQuantile } from "../scalar/normalQuantile";
import { philox } from "../scalar/philox";

/** Φ⁻¹ of the middle of one of 2⁵² equal intervals, chosen by 52 bits of a word pair. */
function normal(hi: u32, lo: u32): f64 {
  return normalQuantile((<f64>(hi >> 6) * 67108864 + <f64>(lo >> 6) + 0.5) * 2.220446049250313e-16); // 2^26, 2^-52
}

/**
 * randomNormal: outᵢ standard normal, number i of the stream: by inversion from word pair i mod 2 of Philox block ⌊i / 2⌋.
 *
 * out: f64[n], 8-byte aligned, n ≥ 0. The first numbers of a stream do not depend on n.
 */
export function randomNormal(out: usize, n: i32, seedLow: u32, seedHigh: u32, stream: u32): void {
  for (let i = 0; i < n; i += 2, out += 16) {
    const words = philox(i >> 1, stream, seedLow, seedHigh);
    store<f64>(out, normal(i32x4.extract_lane(words, 0), i32x4.extract_lane(words, 1)));
    if (i + 1 < n) store<f64>(out, normal(i32x4.extract_lane(words, 2), i32x4.extract_lane(words, 3)), 8);
  }
}
