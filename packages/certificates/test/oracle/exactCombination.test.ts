import { expect, test } from "vitest";
import { exactCombination, independentColumns } from "../../src/oracle/exactCombination.js";
import { randomNumbers } from "../support/randomNumbers.js";

test("of the alternatives of Gordan exactly the one that holds is found, on small integers with many ties", () => {
  const random = randomNumbers(5);
  let combinations = 0;
  for (let trial = 0; trial < 400; trial++) {
    const p = 1 + (trial % 4);
    const rows = Array.from({ length: 1 + (trial % 9) }, () => Array.from({ length: p }, () => BigInt(Math.round(2 * random() - 1))));
    const { multipliers, direction } = exactCombination(rows);
    if (multipliers) {
      combinations += 1;
      expect(multipliers.every((value) => value >= 0n) && multipliers.some((value) => value > 0n)).toBe(true);
      for (let j = 0; j < p; j++) expect(rows.reduce((sum, row, k) => sum + row[j]! * multipliers[k]!, 0n)).toBe(0n);
    } else for (const row of rows) expect(row.reduce((sum, value, j) => sum + value * direction[j]!, 0n) > 0n).toBe(true);
  }
  expect(combinations).toBeGreaterThan(50);
  expect(combinations).toBeLessThan(350);
});

test("columns on which rows depend are as many as their rank, and none where determinants are too long", () => {
  const rows = [
    [0n, 2n, 4n, 1n],
    [0n, 1n, 2n, 0n],
    [0n, 3n, 6n, 1n],
  ];
  expect(independentColumns(rows, 1000)).toEqual([1, 3]);
  expect(independentColumns(rows, 4)).toBeUndefined();
  expect(independentColumns([[0n, 0n]], 1000)).toEqual([]);
});
