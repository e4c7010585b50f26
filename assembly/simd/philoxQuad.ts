/**
 * philoxQuad: blocks `block` to `block` + 3 of scalar/philox.ts, the same integers: out u32[4][4] ← word j of the four blocks side by side, for j from 0 to 3.
 *
 * out: 64 bytes, 8-byte aligned.
 */
export function philoxQuad(block: u32, stream: u32, keyLow: u32, keyHigh: u32, out: usize): void {
  const multiplier0 = i32x4.splat(0xd2511f53);
  const multiplier1 = i32x4.splat(0xcd9e8d57);
  const weyl0 = i32x4.splat(0x9e3779b9);
  const weyl1 = i32x4.splat(0xbb67ae85);
  let low = i32x4.splat(keyLow);
  let high = i32x4.splat(keyHigh);
  let x0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let x1 = i32x4.splat(stream);
  let x2 = i32x4.splat(0);
  let x3 = x2;
  for (let round = 0; round < 10; ++round) {
    const first0 = i64x2.extmul_low_i32x4_u(x0, multiplier0);
    const last0 = i64x2.extmul_high_i32x4_u(x0, multiplier0);
    const first1 = i64x2.extmul_low_i32x4_u(x2, multiplier1);
    const last1 = i64x2.extmul_high_i32x4_u(x2, multiplier1);
    x0 = v128.xor(v128.xor(v128.shuffle<i32>(first1, last1, 1, 3, 5, 7), x1), low);
    x1 = v128.shuffle<i32>(first1, last1, 0, 2, 4, 6);
    x2 = v128.xor(v128.xor(v128.shuffle<i32>(first0, last0, 1, 3, 5, 7), x3), high);
    x3 = v128.shuffle<i32>(first0, last0, 0, 2, 4, 6);
    low = i32x4.add(low, weyl0);
    high = i32x4.add(high, weyl1);
  }
  v128.store(out, x0);
  v128.store(out, x1, 16);
  v128.store(out, x2, 32);
  v128.store(out, x3, 48);
}
