/** The exponent of the unit in the last place. */
const ulpExponent = (x: number): number => (x === 0 ? -1074 : Math.max(Math.floor(Math.log2(Math.abs(x))) - 52, -1074));

/** The unit in the last place of x. */
export const ulp = (x: number): number => 2 ** ulpExponent(x);

/** |computed − exact| in ULPs of `nearest`, the correctly rounded value, with exact = nearest + remainder ULPs; the difference of neighbours is exact. */
export function ulpError(computed: number, nearest: number, remainder: number): number {
  const exponent = ulpExponent(nearest);
  return Math.abs((computed - nearest) * 2 ** Math.min(-exponent, 1000) * 2 ** Math.max(-exponent - 1000, 0) - remainder);
}
