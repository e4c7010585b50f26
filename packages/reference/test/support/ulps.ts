import { readFileSync } from "node:fs";

export type Row = readonly [argument: number, nearest: number, remainder: number];

/** Correctly rounded values by the name of the function, with what rounding took away. */
export const golden: Record<string, readonly Row[]> = JSON.parse(readFileSync(new URL("../golden/scalar.json", import.meta.url), "utf8"));

/** The exponent of the unit in the last place. */
const ulpExponent = (x: number): number => (x === 0 ? -1074 : Math.max(Math.floor(Math.log2(Math.abs(x))) - 52, -1074));

/** The unit in the last place of x. */
export const ulp = (x: number): number => 2 ** ulpExponent(x);

/** |computed − exact| in ULPs of `nearest`, the correctly rounded value, with exact = nearest + remainder ULPs; the difference of neighbours is exact. */
export function ulpError(computed: number, nearest: number, remainder: number): number {
  const exponent = ulpExponent(nearest);
  return Math.abs((computed - nearest) * 2 ** Math.min(-exponent, 1000) * 2 ** Math.max(-exponent - 1000, 0) - remainder);
}

/** The argument with the largest error, and that error. */
export function worst(f: (x: number) => number, rows: readonly Row[]): { argument: number; ulps: number } {
  let result = { argument: Number.NaN, ulps: -1 };
  for (const row of rows) {
    const ulps = ulpError(f(row[0]), row[1], row[2]);
    if (!(ulps <= result.ulps)) result = { argument: row[0], ulps };
  }
  return result;
}
