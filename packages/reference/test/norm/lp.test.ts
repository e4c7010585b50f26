import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { runs } from "../support/fuzz.js";
import { implementations } from "../support/implementations.js";
import { input, number, output } from "../support/recipes/recipe.js";

const f64 = (...values: number[]): Float64Array => Float64Array.from(values);
const infinity = Number.POSITIVE_INFINITY;
const epsilon = Number.EPSILON;

type Root = readonly [gap: number, low: number, fast: number, slow: number, delta: number, slope: number];

/** Roots of low δ - log(slow + fast e^(-(1 - 2 low) δ)) = gap and the slopes there: mpmath 1.2.1, 60 digits, 260 bisections. */
const roots: readonly Root[] = [
  [0.3, 0.25, 0.5, 0.5, 0.6242578866726818, 0.4612975865949912],
  [1e-9, 1e-8, 0.001, 0.999, 9.999905195849575e-7, 0.0010000089810100095],
  [0.7, 1e-5, 0.9999990463256836, 9.5367431640625e-7, 0.7000079668575347, 0.9999880795876157],
  [40, 1e-8, 0.75, 0.25, 3861370563.888011, 1e-8],
  [1e-16, 0.4, 0.9999999999999999, 1.1102230246251565e-16, 1.6666666666666668e-16, 0.6],
  [650, 0.3, 1e-12, 0.999999999999, 2166.6666666666633, 0.3],
  [12, 0.01, 0.99999, 9.99999999995449e-6, 48.70745350252207, 0.010000000000000182],
  [2, 1e-5, 1e-5, 0.99999, 199998.99999499996, 1e-5],
  [0.05, 2 ** -40, 0.25, 0.75, 0.2170152452955166, 0.21154667771866228],
];

describe.each(implementations)("%s: projections onto lp balls", (_, kernels) => {
  const logGaps = (largest: number, ...x: number[]) =>
    call(kernels, "lpLogGaps", [input(f64(...x)), output(x.length), number(x.length), number(largest)], aligned).outputs[0]!;
  const shareGaps = (low: number, fast: number, slow: number, ...gaps: number[]) => {
    const args = [input(f64(...gaps)), output(gaps.length), number(gaps.length), number(low), number(fast), number(slow)];
    const { outputs, returned } = call(kernels, "lpShareGaps", args, aligned);
    return { delta: outputs[0]!, sum: returned! };
  };
  const part = (exponent: number, first: number, ratio: number, x: number[], delta: number[]) =>
    call(
      kernels,
      "lpPart",
      [input(f64(...x)), input(f64(...delta)), output(x.length), number(x.length), number(exponent), number(first), number(ratio)],
      aligned,
    ).outputs[0]!;

  test("lpLogGaps is accurate next to the largest entry and beyond the range of the quotient", () => {
    const found = logGaps(1, 1, -(1 - 2 ** -53), 0.25, 0, Number.NaN);
    expect(found).toEqual(f64(0, 2 ** -53 * (1 + 2 ** -54), 2 * Math.LN2, infinity, Number.NaN));
    const [wide] = logGaps(1e300, 1e-300);
    expect(Math.abs(wide! / 1381.5510557964274 - 1)).toBeLessThanOrEqual(2 * epsilon); // 600 ln 10
  });

  test("lpShareGaps by hand: p = 2, either weight alone, gaps that stay", () => {
    expect(shareGaps(0.5, 0.25, 0.75, 0.5, 0).delta).toEqual(f64(1, 0));
    expect(shareGaps(0.25, 1, 0, 1.5, 0).delta).toEqual(f64(2, 0));
    expect(shareGaps(0.25, 0, 1, 1.5, infinity).delta).toEqual(f64(6, infinity));
    expect(shareGaps(0.25, 0, 1, infinity, 0, infinity, 0).sum).toBe(2);
    expect(shareGaps(0.25, 0.5, 0.5, 1, Number.NaN, 0).sum).toBe(Number.NaN);
    expect(shareGaps(0.25, 0.5, 0.5).sum).toBe(0);
  });

  test("the roots of 60-digit arithmetic, within 4 ε times their condition number", () => {
    for (const [gap, low, fast, slow, delta, slope] of roots) {
      const found = shareGaps(low, fast, slow, gap).delta[0]!;
      expect(Math.abs(found - delta) / delta, `gap ${gap}, low ${low}`).toBeLessThanOrEqual(
        4 * epsilon * Math.max(1, gap / (delta * slope)),
      );
    }
  });

  test("the two parts add up to the entry, and neither is a difference", () => {
    const cases = fc.tuple(
      fc.double({ min: 1e-3, max: 0.999, noNaN: true }),
      fc.double({ min: 1e-12, max: 1, maxExcluded: true, noNaN: true }),
      fc.double({ min: 0, max: 600, noNaN: true }),
    );
    fc.assert(
      fc.property(cases, ([exponent, s, delta]) => {
        const [one, other] = [s, 1 - s];
        const a = one * Math.exp(-exponent * delta) + other * Math.exp(-(1 - exponent) * delta);
        const [u] = part(exponent, one, other / one, [-a], [delta]);
        const [w] = part(1 - exponent, other, one / other, [-a], [delta]);
        const rounding = 16 * epsilon * (1 + delta);
        expect(Math.abs((u! + w!) / -a - 1)).toBeLessThanOrEqual(rounding);
        expect(Math.abs(u! / (-one * Math.exp(-exponent * delta)) - 1)).toBeLessThanOrEqual(rounding);
      }),
      runs(500),
    );
  });

  test("lpPart: zeros are +0, a missing part is 0, and what first alone underflows is not lost", () => {
    expect(part(0.25, 3, 0, [3, -2, 0, -0], [0, 5, 1, infinity])).toEqual(f64(3, -2, 0, 0));
    expect(part(0.75, 0, infinity, [3, -2], [0, 5])).toEqual(f64(0, -0));
    const [u] = part(1, 2 ** 900, 1e-10, [2 ** 899], [1200 * Math.LN2]);
    expect(Math.abs(u! * 2 ** 300 - 1)).toBeLessThanOrEqual(1e-12); // 2^900 2^-1200
  });
});
