import { describe, expect, test } from "vitest";
import { aligned, hasPlace } from "../../src/view/alignedLines.js";
import type { Line } from "../../src/view/plotOptions.js";

const line = (points: readonly (readonly [number, number])[], least?: number): Line => ({
  label: "",
  color: "",
  dash: [],
  width: 1,
  points,
  least,
});

describe("lines over one axis", () => {
  test("bridge where they have no value, and have a gap where their value has no place", () => {
    const falling = line([
      [1, 2],
      [2, -1],
      [4, 3],
    ]);
    const other = line([
      [1, 5],
      [3, 6],
    ]);
    expect(aligned({ lines: [falling, other], logY: true })).toEqual([
      [1, 2, 3, 4],
      [2, null, undefined, 3],
      [5, undefined, 6, undefined],
    ]);
    expect(aligned({ lines: [falling], logY: false })[1]).toEqual([2, -1, 3]);
  });

  test("may begin at a least value of their own", () => {
    const risk = line(
      [
        [1, -3],
        [2, 0.05],
        [3, 0.5],
      ],
      0.1,
    );
    expect(aligned({ lines: [risk], logY: true })[1]).toEqual([null, null, 0.5]);
    expect([0.1, 0.09].map((y) => hasPlace(risk, true, y))).toEqual([true, false]);
    expect(hasPlace(line([]), true, 0)).toBe(false);
  });
});
