import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aligned, call } from "./call.js";
import { runs } from "./fuzz.js";
import { implementations } from "./implementations.js";
import { input, number, output } from "./recipes/recipe.js";

type PowerRow = readonly [t: number, e: number, nearest: number, remainder: number];
type RootRow = readonly [a: number, lambda: number, p: number, root: number];

const golden: { readonly powers: readonly PowerRow[]; readonly roots: readonly RootRow[] } = JSON.parse(
  readFileSync(new URL("golden/power.json", import.meta.url), "utf8"),
);

const epsilon = Number.EPSILON;
const infinity = Number.POSITIVE_INFINITY;
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

/** The exponent of the unit in the last place. */
const ulpExponent = (x: number): number => (x === 0 ? -1074 : Math.max(Math.floor(Math.log2(Math.abs(x))) - 52, -1074));

function ulpError(computed: number, [, , nearest, remainder]: PowerRow): number {
  const exponent = ulpExponent(nearest);
  return Math.abs((computed - nearest) * 2 ** Math.min(-exponent, 1000) * 2 ** Math.max(-exponent - 1000, 0) - remainder);
}

/** a / (u f'(u)), f(u) = u + lambda u^(p−1): by how much the root magnifies a relative error of a. */
const condition = (a: number, p: number, u: number): number => a / (u + (p - 1) * (a - u));

describe.each(implementations)("%s: powers", (_, kernels) => {
  const power = (t: number, e: number) => call(kernels, "sumPower", [input(f64(t)), number(1), number(1), number(e)], aligned).returned!;
  const signed = (x: number[], divisor: number, e: number, factor: number) =>
    call(
      kernels,
      "signedPower",
      [input(f64(...x)), output(x.length), number(x.length), number(divisor), number(e), number(factor)],
      aligned,
    ).outputs[0];
  const shrink = (x: number[], lambda: number, p: number) =>
    call(kernels, "shrinkPower", [input(f64(...x)), output(x.length), number(x.length), number(lambda), number(p)], aligned).outputs[0]!;

  test("t^e stays within 1 ULP of 60-digit references, over the whole range of results", () => {
    expect(golden.powers.length).toBeGreaterThan(700);
    for (const row of golden.powers) expect(ulpError(power(row[0], row[1]), row), `${row[0]} ** ${row[1]}`).toBeLessThanOrEqual(1);
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

  test("shrinkPower by hand", () => {
    expect(shrink([3, -6, 0, -0], 2, 2)).toEqual(f64(1, -2, 0, 0)); // u + 2u
    expect(shrink([2, -10], 1, 3)).toEqual(f64(1, -(Math.sqrt(41) - 1) / 2)); // u + u²
    expect(shrink([1, -1], 1.5, 1.5)).toEqual(f64(0.25, -0.25)); // u + 1.5 √u
    expect(shrink([0.75, -0.1], 0, 1.5)).toEqual(f64(0.75, -0.1));
    for (const p of [1.5, 2, 3]) expect(shrink([infinity, -infinity, Number.NaN], 1, p)).toEqual(f64(Number.NaN, Number.NaN, Number.NaN));
  });

  test("shrinkPower stays within 3 ε times the condition number of 60-digit references", () => {
    for (const [a, lambda, p, root] of golden.roots) {
      const [u] = shrink([a], lambda, p);
      const bound = Math.max(3 * epsilon * condition(a, p, root) * root, 5e-324);
      expect(Math.abs(u! - root), `a = ${a}, lambda = ${lambda}, p = ${p}`).toBeLessThanOrEqual(bound);
    }
  });

  test("the optimality residual of shrinkPower is a few ε |xᵢ|", () => {
    const exponents = fc.oneof(fc.double({ min: 1.05, max: 8, noNaN: true }), fc.double({ min: 8, max: 1e4, noNaN: true }));
    const magnitudes = fc.oneof(fc.double({ min: 0.1, max: 1, noNaN: true }), fc.double({ min: 1e-9, max: 1, noNaN: true }));
    const residual = (a: number, lambda: number, p: number): void => {
      const [positive, negative] = shrink([a, -a], lambda, p) as unknown as [number, number];
      expect(negative).toBe(-positive);
      expect(positive).toBeLessThanOrEqual(a);
      if (positive > 1e-300) expect(Math.abs(positive - a + lambda * power(positive, p - 1)) / (epsilon * a)).toBeLessThanOrEqual(4);
    };
    fc.assert(fc.property(magnitudes, fc.double({ min: 1e-6, max: 1e3, noNaN: true }), exponents, residual), runs(2000));
  });

  test("p → 1: the soft threshold max(|x| − lambda, 0)", () => {
    const x = [1, -0.75, 0.5, -0.25, 0.3, 1e-9];
    const soft = x.map((v) => Math.sign(v) * Math.max(Math.abs(v) - 0.3, 0));
    for (const gap of [2 ** -30, 2 ** -52]) {
      const u = shrink(x, 0.3, 1 + gap);
      for (const [i, v] of u.entries()) expect(Math.abs(v - soft[i]!), `entry ${i}`).toBeLessThanOrEqual(64 * gap);
    }
  });

  test("p → ∞: the projection onto the unit ball of ℓ∞", () => {
    const x = [1, -0.999, 0.5, -1e-9, 1e-300];
    expect(shrink(x, 2, 1e300)).toEqual(f64(...x));
    for (const u of shrink([3, -1.5], 2, 1e12)) expect(Math.abs(u)).toBeCloseTo(1, 10);
  });
});
