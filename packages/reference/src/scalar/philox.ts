const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const weyl0 = 0x9e3779b9; // golden ratio
const weyl1 = 0xbb67ae85; // √3 − 1

/** The upper half of the 64-bit product of two words. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536);
}

/**
 * Encrypts a counter of four words in place with Philox4x32-10.
 *
 * Source: Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011; constants of Random123.
 */
export function philox(counter: Uint32Array, keyLow: number, keyHigh: number): void {
  let [x0, x1, x2, x3] = counter as unknown as [number, number, number, number];
  for (let round = 0; round < 10; round++) {
    const key0 = keyLow + Math.imul(round, weyl0);
    const key1 = keyHigh + Math.imul(round, weyl1);
    const high0 = multiplyHigh(multiplier0, x0);
    const high1 = multiplyHigh(multiplier1, x2);
    const low0 = Math.imul(multiplier0, x0) >>> 0;
    const low1 = Math.imul(multiplier1, x2) >>> 0;
    x0 = (high1 ^ x1 ^ key0) >>> 0;
    x1 = low1;
    x2 = (high0 ^ x3 ^ key1) >>> 0;
    x3 = low0;
  }
  counter[0] = x0;
  counter[1] = x1;
  counter[2] = x2;
  counter[3] = x3;
}
