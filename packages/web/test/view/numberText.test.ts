import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axes } from "../../src/view/axis.js";
import { logTicks } from "../../src/view/logTicks.js";
import { percentText, riskText, shortNumber, tickText, tickTexts } from "../../src/view/numberText.js";
import { runs } from "../fuzz.js";

/** The digits and the power of ten of what is written with an exponent, or as a plain decimal. */
function read(text: string): { mantissa: number; exponent: number } {
  const [mantissa, exponent = "0"] = text.replace("−", "-").split("e") as [string, string?];
  return { mantissa: Number(mantissa), exponent: Number(exponent) };
}

describe("a risk", () => {
  test.each([
    [Math.log(0.02), "0.02"],
    [-1000.5 * Math.LN10, "3.2e-1001"],
    [-1000.0001 * Math.LN10, "1.0e-1000"], // 10^-1000.0001 = 9.998e-1001
    [-999.9999 * Math.LN10, "1.0e-1000"],
    [-1000.03 * Math.LN10, "9.3e-1001"], // 9.333e-1001
    [-3.00001 * Math.LN10, "1.0e-3"],
    [12.9999 * Math.LN10, "1.0e13"],
    [3.4280894919e70 * Math.LN10, "1e(3.43e70)"],
    [-1.31e30 * Math.LN10, "1e(−1.31e30)"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "0"],
    [undefined, "–"],
  ])("of e to the %d is short", (logRisk, text) => {
    expect(riskText(logRisk)).toBe(text);
  });

  test("beyond the doubles too has a mantissa from 1 on and below 10, and is right to two digits", () => {
    const near = fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.double({ min: -0.1, max: 0.1, noNaN: true }));
    const decades = fc.oneof(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      near.map(([power, off]) => power + off ** 3),
    );
    fc.assert(
      fc.property(decades, (power) => {
        fc.pre(power <= -3.001 || power >= 4);
        const { mantissa, exponent } = read(riskText(power * Math.LN10));
        expect(mantissa).toBeGreaterThanOrEqual(1);
        expect(mantissa).toBeLessThan(10);
        // half a unit of the second digit is at most log10(1.05 / 1) decades, and rounding of the logarithm is 1e-9 of them
        expect(Math.abs(Math.log10(mantissa) + exponent - power)).toBeLessThan(Math.log10(1.05) + 1e-9);
      }),
      runs(2000),
    );
  });
});

test.each([
  [0.00099999, "0.001"],
  [-0.00099999, "−0.001"],
  [99_999.9, "1.00e5"],
  [0.00012345, "1.23e-4"],
  [9.999e-5, "1.00e-4"],
  [5e-324, "4.94e-324"],
  [12.345, "12.3"],
  [0, "0"],
])("the number %d is %s", (value, text) => {
  expect(shortNumber(value)).toBe(text);
});

test("a number has a mantissa from 1 on and below 10 where it has an exponent, in a number as in a tick", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 3, max: 17 }), (value, digits) => {
      for (const text of [shortNumber(value, digits), tickText(Math.abs(value), digits)]) {
        const { mantissa } = read(text);
        if (!text.includes("e")) continue;
        expect(Math.abs(mantissa)).toBeGreaterThanOrEqual(1);
        expect(Math.abs(mantissa)).toBeLessThan(10);
      }
    }),
    runs(2000),
  );
});

test.each([
  [1, "100 %"],
  [0, "0 %"],
  [0.5, "50 %"],
  [1 / 3, "33.3 %"],
  [4999 / 5000, "99.98 %"],
  [1 / 5000, "0.02 %"],
  [59_999 / 60_000, "99.998 %"],
  [undefined, "–"],
])("the share %d is %s: all is said of nothing less", (share, text) => {
  expect(percentText(share)).toBe(text);
});

test("ticks that stand beside each other can be told apart", () => {
  expect(tickTexts([1000, 2000, 5000, 1e4], tickText)).toEqual(["1000", "2000", "5000", "1e4"]);
  expect(tickTexts([2.0001e-4, 2.0002e-4, 2.0003e-4], tickText)).toEqual(["2.0001e-4", "2.0002e-4", "2.0003e-4"]);
  expect(tickTexts([1e6, 2e6, 5e6], axes.risk.tick)).toEqual(["1e-(1e6)", "1e-(2e6)", "1e-(5e6)"]);
  const positive = fc.double({ min: 1e-30, max: 1e30, noNaN: true });
  fc.assert(
    fc.property(positive, fc.double({ min: 1 + 1e-9, max: 1e4, noNaN: true }), fc.integer({ min: 3, max: 12 }), (low, factor, most) => {
      const ticks = logTicks(low, low * factor, most);
      expect(new Set(tickTexts(ticks, tickText)).size).toBe(new Set(ticks).size);
      if (low >= 1) expect(new Set(tickTexts(ticks, axes.risk.tick)).size).toBe(new Set(ticks).size);
    }),
    runs(1000),
  );
});
