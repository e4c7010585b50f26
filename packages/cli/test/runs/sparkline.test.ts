import { expect, test } from "vitest";
import { sparkline } from "../../src/runs/sparkline.js";

test.each([
  [[], 8, ""],
  [[3], 8, "▄"],
  [[0, 1, 2, 3, 4, 5, 6, 7], 8, "▁▂▃▄▅▆▇█"],
  [[7, 0], 8, "█▁"],
  [[1, Number.NaN, 2, Infinity], 8, "▁ █ "],
  [[Number.NaN, Number.NaN], 8, "  "],
  [[-Number.MAX_VALUE, 0, Number.MAX_VALUE], 8, "▁▅█"],
  [[0, 9, 0, 9, 0, 9], 3, "▄▄▄"],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9], 3, "▁▅█"],
])("%j in %d characters", (values, width, line) => {
  expect(sparkline(values, width)).toBe(line);
});
