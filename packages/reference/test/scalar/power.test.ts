import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { implementations } from "../support/implementations.js";
import { input, number, output } from "../support/recipes/recipe.js";
import { ulpError } from "../support/ulps.js";

type PowerRow = readonly [t: number, e: number, nearest: number, remainder: number];

const golden: { readonly powers: readonly PowerRow[] } = JSON.parse(readFileSync(new URL("../golden/power.json", import.meta.url), "utf8"));

const infinity = Number.POSITIVE_INFINITY;
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

describe.each(implementations)("%s: powers", (_, kernels) => {
  const power = (t: number, e: number) => call(kernels, "sumPower", [input(f64(t)), number(1), number(1), number(e)], aligned).returned!;
  const signed = (x: number[], divisor: number, e: number, factor: number) =>
    call(
      kernels,
      "signedPower",
      [input(f64(...x)), output(x.length), number(x.length), number(divisor), number(e), number(factor)],
      aligned,
    ).outputs[0];

  test("t^e stays within 1 ULP of 60-digit references, over the whole range of results", () => {
    expect(golden.powers.length).toBeGreaterThan(700);
    for (const row of golden.powers)
      expect(ulpError(power(row[0], row[1]), row[2], row[3]), `${row[0]} ** ${row[1]}`).toBeLessThanOrEqual(1);
  });

  test.each([
    [0, 0, 0],
    [0, 3, 0],
    [1, 0, 1],
    [1, infinity, 1],
    [3, 0, 1],
    [0.1, 1, 0.1],
    [0.1, 2, 0.1 * 0.1],
    [5e-324, 1, 5e-324],
    [0.5, 1074, 5e-324],
    [0.5, 1e300, 0],
    [2, 1024, infinity],
    [0.3, infinity, 0],
    [4, 0.5, 2],
    [infinity, 0.5, infinity],
    [infinity, 0, Number.NaN],
    [Number.NaN, 0, Number.NaN],
    [2, Number.NaN, Number.NaN],
  ])("%d to the power of %d is %d", (t, e, expected) => {
    expect(power(t, e)).toBe(expected);
  });

  test("sumPower runs in four lanes, then the tail", () => {
    const sum = (x: number[], divisor: number, e: number) =>
      call(kernels, "sumPower", [input(f64(...x)), number(x.length), number(divisor), number(e)], aligned).returned;
    const big = 2 ** 53;
    expect(sum([], 1, 3)).toBe(0);
    expect(sum([1, -2, 4, 0, -2], 2, 3)).toBe(0.125 + 1 + 8 + 1);
    expect(sum([big, 1, 0, 1, 0, 1, 0, 0], 1, 1)).toBe(big + 2 + 2); // big + (2 + 1): the tie goes to even
    expect(sum([big, 0, 0, 0, 1, 1], 1, 1)).toBe(big);
    expect(sum([1, 2, Number.NaN, 3, 4], 4, 1.5)).toBe(Number.NaN);
  });

  test("signedPower keeps the sign, and a zero stays zero", () => {
    expect(signed([2, -4, 0, -0, 1], 2, 2, -3)).toEqual(f64(-3, 12, 0, 0, -0.75));
    expect(signed([7, -1e-300, 0, -0], 1, 0, -0.5)).toEqual(f64(-0.5, 0.5, 0, 0));
    expect(signed([Number.NaN, infinity, 0], 1, 1.5, 1)).toEqual(f64(Number.NaN, infinity, 0));
  });
});
