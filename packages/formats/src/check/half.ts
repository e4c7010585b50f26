/**
 * The value of a floating-point number of 16 bits. Every factor is a power of two, so that nothing is rounded.
 *
 * @param bits  the number as IEEE 754 has it, 0 to 65535
 * @returns its value; NaN and infinities as they are
 */
export function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const sign = bits >> 15 === 0 ? 1 : -1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return (sign * fraction) / 16_777_216;
  const scale = exponent < 15 ? 1 / (1 << (15 - exponent)) : 1 << (exponent - 15);
  return sign * (1 + fraction / 1024) * scale;
}
