const multiplier0: u64 = 0xd2511f53;
const multiplier1: u64 = 0xcd9e8d57;
const weyl0: u32 = 0x9e3779b9; // golden ratio
const weyl1: u32 = 0xbb67ae85; // √3 − 1

/**
 * philox: block (block, stream, 0, 0) of Philox4x32-10 under the key (keyLow, keyHigh), as four 32-bit lanes x0, x1, x2, x3.
 *
 * Source: Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011; constants of Random123.
 */
export function philox(block: u32, stream: u32, keyLow: u32, keyHigh: u32): v128 {
  let x0 = block;
  let x1 = stream;
  let x2: u32 = 0;
  let x3: u32 = 0;
  for (let round = 0; round < 10; ++round) {
    const product0 = multiplier0 * <u64>x0;
    const product1 = multiplier1 * <u64>x2;
    x0 = <u32>(product1 >> 32) ^ x1 ^ keyLow;
    x1 = <u32>product1;
    x2 = <u32>(product0 >> 32) ^ x3 ^ keyHigh;
    x3 = <u32>product0;
    keyLow += weyl0;
    keyHigh += weyl1;
  }
  const first = i32x4.replace_lane(i32x4.splat(x0), 1, x1);
  return i32x4.replace_lane(i32x4.replace_lane(first, 2, x2), 3, x3);
}
