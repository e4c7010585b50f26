import { expect, test } from "vitest";
import { DoubledCholesky } from "../../src/arithmetic/doubledCholesky.js";
import { DoubledVector } from "../../src/arithmetic/doubledVector.js";
import { Derivatives } from "../../src/barrier/barrier.js";
import { EuclideanBarrier } from "../../src/barrier/euclideanBarrier.js";
import { RefinedSystem } from "../../src/barrier/refinedSystem.js";
import { RowsBarrier } from "../../src/barrier/rowsBarrier.js";
import { randomNumbers } from "../support/randomNumbers.js";

/** Barriers of 30 rows of 8 entries and of their Euclidean ball, and a point whose slacks are 1 or, for some rows, far less. */
function barriersAt(smallSlack: number, smallRows: number) {
  const next = randomNumbers(3);
  const size = 8;
  const x = new DoubledVector(size + 1);
  for (let j = 0; j < size; j++) x.high[j] = (next() - 0.5) / 4;
  x.high[size] = -1;
  const rows = Array.from({ length: 30 }, (_, index) => {
    const row = Float64Array.from({ length: size }, () => next() - 0.5);
    const slack = index < smallRows ? smallSlack : 1;
    const product = row.reduce((sum, value, j) => sum + value * x.high[j]!, 0);
    return { index, row, share: slack - product };
  });
  const entries = Array.from({ length: size }, (_, variable) => ({ variable, factor: 1 }));
  return { x, barriers: [new RowsBarrier(rows), new EuclideanBarrier(entries, { variable: undefined, factor: 1 })] };
}

function solutions(smallSlack: number, smallRows: number): [DoubledVector | undefined, DoubledVector] {
  const { x, barriers } = barriersAt(smallSlack, smallRows);
  const [to, whole] = [new Derivatives(x.length, true), new Derivatives(x.length, true)];
  const system = RefinedSystem.of(barriers, x, to);
  for (const barrier of barriers) barrier.add(x, whole);
  for (let j = 0; j < x.length; j++) expect(to.gradient.at(j)).toEqual(whole.gradient.at(j));
  return [system?.solve(whole.gradient), DoubledCholesky.of(whole.hessian!)!.solve(whole.gradient)];
}

// the solution is sought to 2^-40 in the norm of the Hessian, whose condition is some 10^3 with slacks of 1
test.each([1, 1e-2, 1e-4])("with slacks of %f solutions are those of the factor in twice the precision", (slack) => {
  const [refined, expected] = solutions(slack, 3);
  const largest = expected.high.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let j = 0; j < expected.length; j++) expect(Math.abs(refined!.at(j).high - expected.high[j]!)).toBeLessThan(1e-8 * largest);
});

test("a Hessian whose factor in doubles is of rounding alone has no solution here", () => {
  expect(solutions(1e-12, 3)[0]).toBeUndefined();
});
