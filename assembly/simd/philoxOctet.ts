// As in scalar/philox.ts; in memory, as the constants of simd/exp.ts.
const firstMultiplier = memory.data<u32>([0xd2511f53]);
const secondMultiplier = memory.data<u32>([0xcd9e8d57]);
const lowIncrement = memory.data<u32>([0x9e3779b9]);
const highIncrement = memory.data<u32>([0xbb67ae85]);

/**
 * philoxOctet: blocks `block` to `block` + 7 of scalar/philox.ts, the same integers: out u32[2][4][4] ← for the first and the last four of them, word j of the four side by
 * side, for j from 0 to 3.
 *
 * out: 128 bytes, 8-byte aligned. A round is a chain of instructions that wait for each other: two chains at once take little longer than one.
 */
export function philoxOctet(block: u32, stream: u32, keyLow: u32, keyHigh: u32, out: usize): void {
  const multiplier0 = v128.load32_splat(firstMultiplier);
  const multiplier1 = v128.load32_splat(secondMultiplier);
  let low = i32x4.splat(keyLow);
  let high = i32x4.splat(keyHigh);
  let x0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let x1 = i32x4.splat(stream);
  let x2 = i32x4.splat(0);
  let x3 = x2;
  let y0 = i32x4.add(x0, i32x4.splat(4));
  let y1 = x1;
  let y2 = x2;
  let y3 = x2;
  for (let round = 0; round < 10; ++round) {
    const xFirst0 = i64x2.extmul_low_i32x4_u(x0, multiplier0);
    const xLast0 = i64x2.extmul_high_i32x4_u(x0, multiplier0);
    const xFirst1 = i64x2.extmul_low_i32x4_u(x2, multiplier1);
    const xLast1 = i64x2.extmul_high_i32x4_u(x2, multiplier1);
    x0 = v128.xor(v128.xor(v128.shuffle<i32>(xFirst1, xLast1, 1, 3, 5, 7), x1), low);
    x1 = v128.shuffle<i32>(xFirst1, xLast1, 0, 2, 4, 6);
    x2 = v128.xor(v128.xor(v128.shuffle<i32>(xFirst0, xLast0, 1, 3, 5, 7), x3), high);
    x3 = v128.shuffle<i32>(xFirst0, xLast0, 0, 2, 4, 6);
    const yFirst0 = i64x2.extmul_low_i32x4_u(y0, multiplier0);
    const yLast0 = i64x2.extmul_high_i32x4_u(y0, multiplier0);
    const yFirst1 = i64x2.extmul_low_i32x4_u(y2, multiplier1);
    const yLast1 = i64x2.extmul_high_i32x4_u(y2, multiplier1);
    y0 = v128.xor(v128.xor(v128.shuffle<i32>(yFirst1, yLast1, 1, 3, 5, 7), y1), low);
    y1 = v128.shuffle<i32>(yFirst1, yLast1, 0, 2, 4, 6);
    y2 = v128.xor(v128.xor(v128.shuffle<i32>(yFirst0, yLast0, 1, 3, 5, 7), y3), high);
    y3 = v128.shuffle<i32>(yFirst0, yLast0, 0, 2, 4, 6);
    low = i32x4.add(low, v128.load32_splat(lowIncrement));
    high = i32x4.add(high, v128.load32_splat(highIncrement));
  }
  v128.store(out, x0);
  v128.store(out, x1, 16);
  v128.store(out, x2, 32);
  v128.store(out, x3, 48);
  v128.store(out, y0, 64);
  v128.store(out, y1, 80);
  v128.store(out, y2, 96);
  v128.store(out, y3, 112);
}
