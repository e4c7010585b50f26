import { philox } from "../scalar/philox";

/** 53 bits of a word pair as a number in [0, 1). */
function fraction(hi: u32, lo: u32): f64 {
  return (<f64>(hi >> 5) * 67108864 + <f64>(lo >> 6)) * 1.1102230246251565e-16; // 2^26, 2^-53
}

/**
 * randomUniform: outᵢ uniform in [0, 1), number i of the stream: 53 bits of word pair i mod 2 of Philox block ⌊i / 2⌋.
 *
 * out: f64[n], 8-byte aligned, n ≥ 0. The first numbers of a stream do not depend on n.
 */
export function randomUniform(out: usize, n: i32, seedLow: u32, seedHigh: u32, stream: u32): void {
  for (let i = 0; i < n; i += 2, out += 16) {
    const words = philox(i >> 1, stream, seedLow, seedHigh);
    store<f64>(out, fraction(i32x4.extract_lane(words, 0), i32x4.extract_lane(words, 1)));
    if (i + 1 < n) store<f64>(out, fraction(i32x4.extract_lane(words, 2), i32x4.extract_lane(words, 3)), 8);
  }
}
