import { expect, test } from "vitest";
import { cosPi } from "../../src/number/cosPi.js";

test.each([
  [0, 1],
  [1 / 8, 0.9238795325112867],
  [0.25, Math.SQRT1_2],
  [0.3, 0.5877852522924731],
  [0.49, 0.03141075907812829],
  [0.5, 0],
  [0.51, -0.03141075907812829],
  [0.75, -Math.SQRT1_2],
  [0.999, -0.9999950652018582],
  [1, -1],
])("cosPi(%d) is that of mpmath 1.2.1, 30 digits", (x, expected) => expect(Math.abs(cosPi(x) - expected)).toBeLessThanOrEqual(2 ** -52));

test("falls, and is odd about 1/2 bit for bit", () => {
  for (let i = 0; i < 4096; i++) {
    const x = i / 4096;
    expect(cosPi(x)).toBeGreaterThan(cosPi(x + 1 / 4096));
    expect(cosPi(1 - x) + cosPi(x)).toBe(0);
  }
});
