import fc from "fast-check";
import { expect, test } from "vitest";
import { readDecimal } from "../../src/check/number.js";
import { runs } from "../support/fuzz.js";

test("every double is read from its shortest decimal, and from one of 17 digits", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(readDecimal(String(value))).toBe(value + 0); // the text of -0 is "0"
      expect(readDecimal(value.toExponential(16))).toBe(value === 0 ? 0 : value);
    }),
    runs(300),
  );
});

test("a decimal whose nearest double is 0 or infinite is named as that, and no other is", () => {
  const digits = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 })
    .map((list) => `${list[0]}.${list.slice(1).join("")}0`);
  fc.assert(
    fc.property(digits, fc.integer({ min: -400, max: 400 }), fc.constantFrom("", "-", "+"), (mantissa, exponent, sign) => {
      const value = Number(`${sign}${mantissa}e${exponent}`);
      const isZero = Number(mantissa) === 0;
      const wanted = Number.isFinite(value) ? (value === 0 && !isZero ? "underflow" : value) : "overflow";
      expect(readDecimal(`${sign}${mantissa}e${exponent}`)).toBe(wanted);
      expect(readDecimal(`${sign}${mantissa}E${exponent}`)).toBe(wanted);
    }),
    runs(300),
  );
});

// half of the smallest double is 2.470328229206232720e-324: ties go to the even neighbour, which is 0
test.each([
  ["1e-400", "underflow"],
  ["-2.4703282292062327e-324", "underflow"],
  ["2.4703282292062328e-324", 5e-324],
  ["0.0000e-400", 0],
  [`0.${"0".repeat(400)}1`, "underflow"],
  ["1.7976931348623158e308", Number.MAX_VALUE],
  ["1.7976931348623159e308", "overflow"],
  ["-1e999", "overflow"],
  ["1".repeat(310), "overflow"],
  ["", "notANumber"],
  [" ", "notANumber"],
  ["0x10", "notANumber"],
  ["-0b1", "notANumber"],
  ["Infinity", "notANumber"],
  ["-inf", "notANumber"],
  ["nan", "notANumber"],
  ["1,5", "notANumber"],
  ["1_000", "notANumber"],
] as const)("%s is %s", (text, wanted) => {
  expect(readDecimal(text)).toBe(wanted);
});
