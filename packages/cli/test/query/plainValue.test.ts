import { expect, test } from "vitest";
import { plainValue } from "../../src/query/plainValue.js";

test.each([
  [3n, 3],
  [2n ** 53n + 1n, "9007199254740993"],
  [2n ** 60n, 2 ** 60],
  [-0, -0],
  [Number.NaN, Number.NaN],
  [null, null],
  ["x", "x"],
  [new Date(0), "1970-01-01T00:00:00.000Z"],
  [Uint8Array.of(1, 255), "01ff"],
  [
    [1n, { a: 2n }],
    [1, { a: 2 }],
  ],
])("%s is %s", (value, plain) => {
  expect(plainValue(value)).toEqual(plain);
});
