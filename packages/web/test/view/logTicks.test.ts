import fc from "fast-check";
import { expect, test } from "vitest";
import { logTicks } from "../../src/view/logTicks.js";

test.each([
  [1, 1e5, 6, [1, 10, 100, 1000, 1e4, 1e5]],
  [1, 1e5, 3, [1, 100, 1e4]],
  [103, 60_579, 8, [1000, 1e4]],
  [103, 4000, 8, [200, 500, 1000, 2000]],
  [1030, 1700, 5, [1200, 1400, 1600]],
  [3e-24, 4e-22, 5, [1e-23, 1e-22]],
  [43_500_000.000_000_01, 43_935_000, 3, [43_600_000, 43_800_000]],
])("between %d and %d, with room for %d, are %j", (low, high, most, ticks) => {
  expect(logTicks(low, high, most)).toEqual(ticks);
});

test("lie within the range, in order, are few, and there is one where three have room", () => {
  const positive = fc.double({ min: 1e-30, max: 1e30, noNaN: true });
  fc.assert(
    fc.property(positive, fc.double({ min: 1.01, max: 1e12, noNaN: true }), fc.integer({ min: 3, max: 12 }), (low, factor, most) => {
      const ticks = logTicks(low, low * factor, most);
      expect(ticks.length).toBeGreaterThanOrEqual(1);
      expect(ticks.length).toBeLessThanOrEqual(most + 1);
      ticks.forEach((tick, i) => {
        expect(tick).toBeGreaterThan(ticks[i - 1] ?? low * (1 - 1e-6));
        expect(tick).toBeLessThan(low * factor * (1 + 1e-6));
      });
    }),
  );
});
