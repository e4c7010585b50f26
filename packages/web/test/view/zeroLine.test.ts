import { expect, test } from "vitest";
import { zeroLine } from "../../src/view/zeroLine.js";

const size = 8;
const grid = (score: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: size * size }, (_, i) => score(i % size, Math.floor(i / size)));

test("the boundary of a linear score lies where the score is 0", () => {
  const pieces = zeroLine(
    size,
    grid((x, y) => x + 2 * y - 9.5),
  );
  expect(pieces.length).toBeGreaterThan(5);
  for (const [x, y] of pieces.flat()) expect(x + 2 * y).toBeCloseTo(9.5, 6);
});

test("the rim of a region of exact zeros is no boundary", () => {
  expect(
    zeroLine(
      size,
      grid((x, y) => Math.max(0, x + 2 * y - 9.5)),
    ),
  ).toEqual([]);
  expect(
    zeroLine(
      size,
      grid((x, y) => Math.max(0, x + 2 * y - 14.5) + Math.min(0, x + 2 * y - 4.5)),
    ),
  ).toEqual([]);
});

test("a strip of exact zeros thinner than a cell leaves a line within it, not its staircase", () => {
  const score = (x: number, y: number): number => Math.max(0, x + 2 * y - 10) + Math.min(0, x + 2 * y - 8);
  const pieces = zeroLine(size, grid(score));
  expect(pieces.length).toBeGreaterThan(5);
  for (const [x, y] of pieces.flat()) expect(Math.abs(x + 2 * y - 9)).toBeLessThan(1);
});

test.each<[string, (x: number, y: number) => number]>([
  ["x = 4", (x) => x - 4],
  ["x = y", (x, y) => x - y],
  ["two crossing ones", (x, y) => (x - 4) * (y - 4)],
])("a boundary right through the centres of cells is there: %s", (_, score) => {
  const side = 9;
  const scores = Float32Array.from({ length: side * side }, (_, i) => score(i % side, Math.floor(i / side)));
  const pieces = zeroLine(side, scores);
  expect(pieces.length).toBeGreaterThanOrEqual(side - 1);
  for (const [x, y] of pieces.flat()) expect(Math.abs(score(x, y))).toBeLessThan(1e-6);
});

test("scores of one sign have none", () => {
  expect(
    zeroLine(
      size,
      grid(() => 1),
    ),
  ).toEqual([]);
  expect(
    zeroLine(
      size,
      grid(() => -1),
    ),
  ).toEqual([]);
});
