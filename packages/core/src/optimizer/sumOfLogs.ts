/**
 * a + b + c, where a and b may be in the ten thousands and the sum is not: what the first addition rounds away is added back, so that the exponential
 * keeps its digits. Source: Knuth, The Art of Computer Programming 2, section 4.2.2, theorem B.
 */
export function sumOfLogs(a: number, b: number, c: number): number {
  const sum = a + b;
  if (!(Math.abs(sum) < Infinity)) return sum + c;
  const bRounded = sum - a;
  const lost = a - (sum - bRounded) + (b - bRounded);
  return sum + c + lost;
}
