const word = new DataView(new ArrayBuffer(8));

/** The largest power of two that is at most x, for x >= 2^-1022; 2^-1022 for a smaller one but 0, which is 0. */
export function powerOfTwoBelow(x: number): number {
  if (x === 0) return 0;
  word.setFloat64(0, x);
  const exponent = word.getUint32(0) & 0x7ff00000;
  word.setUint32(0, Math.max(exponent, 0x00100000));
  word.setUint32(4, 0);
  return word.getFloat64(0);
}
