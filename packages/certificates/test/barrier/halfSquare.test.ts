import { expect, test } from "vitest";
import { DoubledVector } from "../../src/arithmetic/doubledVector.js";
import { Derivatives } from "../../src/barrier/barrier.js";
import { EuclideanBarrier } from "../../src/barrier/euclideanBarrier.js";
import { HalfSquare } from "../../src/barrier/halfSquare.js";
import { descend } from "../../src/barrier/primalDual.js";
import { RowsBarrier } from "../../src/barrier/rowsBarrier.js";

const entries = [
  { variable: 0, factor: 1 },
  { variable: 1, factor: 0.5 },
];
const penalty = new HalfSquare(entries);
const rows = new RowsBarrier([
  { index: 0, row: Float64Array.of(1.5, -0.25), share: 1 },
  { index: 1, row: Float64Array.of(0.5, 1.25), share: 1 },
  { index: 2, row: Float64Array.of(1, 0.75), share: 0.5 },
]);
const lastMu = 2 ** -20;

async function ended() {
  const start = { x: new DoubledVector(3, Float64Array.of(0, 0, -1)), mu: 1 };
  const options = { startsRounded: false, spend: () => Promise.resolve(true) };
  return await descend(
    { rows, others: [], penalty, t: 2 },
    start,
    () => lastMu,
    () => true,
    options,
  );
}

/** The gradient of -xₜ/μ and of the barriers. */
function slopeAt(x: DoubledVector, mu: number): number[] {
  const to = new Derivatives(3, false);
  rows.add(x, to);
  new EuclideanBarrier(entries, { variable: undefined, factor: 1 }).add(x, to);
  return Array.from(to.gradient.high, (value, j) => (j === 2 ? value - 1 / mu : value) * mu);
}

test("a descent ends on the path with the penalty, which stands for a point of the path in the ball", async () => {
  const point = await ended();
  expect(point.mu).toBe(lastMu);
  const { x, mu } = penalty.withinBall(point);
  // slacks are within a share of 0.01 of the path before a last Newton step, which squares that
  for (const value of slopeAt(x, mu)) expect(Math.abs(value)).toBeLessThan(1e-3);
});

test("a point in the ball and the point with the penalty stand for each other", async () => {
  const point = await ended();
  const inBall = penalty.withinBall(point);
  const back = penalty.ofBall(inBall);
  expect(back.mu / point.mu).toBeCloseTo(1, 12);
  for (let j = 0; j < 3; j++) expect(back.x.high[j]! / point.x.high[j]!).toBeCloseTo(1, 12);
});
