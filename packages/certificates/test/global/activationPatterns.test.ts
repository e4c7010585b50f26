import { expect, test } from "vitest";
import { exactRow } from "../../src/arithmetic/exactRows.js";
import { activationPatterns } from "../../src/global/activationPatterns.js";
import { randomNumbers } from "../support/randomNumbers.js";

const patternsOf = (rows: readonly (readonly number[])[]) => activationPatterns(rows.map(exactRow));
const keys = (rows: readonly (readonly number[])[]) => patternsOf(rows).map(({ signs }) => signs.join());
const normalRows = (n: number, d: number, seed: number): number[][] => {
  const next = randomNumbers(seed);
  return Array.from({ length: n }, () => Array.from({ length: d }, () => next() + next() + next() - 1.5));
};

test.each([1, 2, 5, 12, 30])("%i lines in general position have 2n patterns in the plane and n² - n + 2 in space", (n) => {
  expect(keys(normalRows(n, 2, n))).toHaveLength(2 * n);
  expect(keys(normalRows(n, 3, n))).toHaveLength(n * n - n + 2);
  expect(new Set(keys(normalRows(n, 3, n))).size).toBe(n * n - n + 2);
});

const third = 1 / 3;
const degenerate: Readonly<Record<string, readonly (readonly number[])[]>> = {
  "none that is not 0": [[0, 0, 0]],
  "one line": [
    [1, 2, 3],
    [-2, -4, -6],
    [0, 0, 0],
  ],
  "a plane in space": [
    [1, 0, 1],
    [0, 1, 1],
    [1, 1, 2],
    [1, -1, 0],
  ],
  "repeated, opposite and coplanar": [
    [1, 0, 0],
    [-3, 0, 0],
    [0, 1, 0],
    [1, 1, 0],
    [0, 0, 1],
    [0, 1, 1],
    [0, 1, 1],
  ],
  "three planes through one line, but for rounding": [
    [0.1, 0.2, 0],
    [0.3, 0.1, 0],
    [0.1 + 0.3, 0.2 + 0.1, 0],
    [third, third, third],
  ],
  "lines an ulp apart": [
    [1, 1, 0],
    [1, 1 + 2 ** -52, 0],
    [1, 1, 2 ** -1074],
    [1e-300, -1e300, 1],
  ],
  "all of the cube's diagonals, edges and axes": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 1, 0],
    [1, -1, 0],
    [1, 0, 1],
    [1, 0, -1],
    [0, 1, 1],
    [0, 1, -1],
    [1, 1, 1],
    [1, 1, -1],
    [1, -1, 1],
    [-1, 1, 1],
  ],
};

/** The sign vectors at integer points w, those without a zero but where the sample is 0: found without any geometry. */
function atPoints(rows: readonly (readonly number[])[], reach: number): Set<string> {
  const found = new Set<string>();
  const exact = rows.map(exactRow);
  for (let a = -reach; a <= reach; a++) {
    for (let b = -reach; b <= reach; b++) {
      for (let c = -reach; c <= reach; c++) {
        const w = [a, b, c].map(BigInt);
        const signs = exact.map((row) => {
          const product = row.reduce((sum, value, j) => sum + value * w[j]!, 0n);
          return product > 0n ? 1 : product < 0n ? -1 : 0;
        });
        if (signs.every((sign, i) => sign !== 0 || rows[i]!.every((value) => value === 0))) found.add(signs.join());
      }
    }
  }
  return found;
}

test.each(Object.keys(degenerate).filter((name) => !/ulp/.test(name)))("%s: those that points have, and no others", (name) => {
  expect(new Set(keys(degenerate[name]!))).toEqual(atPoints(degenerate[name]!, 8));
});

test.each([2, 3])("a sample is a facet of a pattern iff its sign alone can change, in %i dimensions", (d) => {
  const cases = [
    normalRows(7, d, 3),
    normalRows(9, d, 4),
    ...(d === 3 ? [degenerate["lines an ulp apart"]!, degenerate["a plane in space"]!] : []),
  ];
  for (const rows of cases) {
    const all = patternsOf(rows);
    const known = new Set(all.map(({ signs }) => signs.join()));
    for (const { signs, facets } of all) {
      for (const k of rows.keys()) expect(facets.includes(k)).toBe(known.has(signs.map((sign, i) => (i === k ? -sign : sign)).join()));
    }
  }
});

test("lines an ulp apart are apart", () => {
  expect(keys(degenerate["lines an ulp apart"]!)).toHaveLength(4 * 4 - 4 + 2);
});
