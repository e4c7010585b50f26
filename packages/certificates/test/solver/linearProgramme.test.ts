import { norms } from "@steepest/core";
import { expect, test } from "vitest";
import { exactProduct, exactRow } from "../../src/arithmetic/exactRows.js";
import { boundedNorm, matrixAtoms, smallestCombination } from "../../src/index.js";
import { kernels } from "../support/kernels.js";
import { randomNumbers } from "../support/randomNumbers.js";

/** Rows whose first entries have 0 in their hull, and whose last one is about `margin`. */
function nearlyInseparable(count: number, size: number, margin: number): Float64Array {
  const random = randomNumbers(11);
  return Float64Array.from({ length: count * size }, (_, at) =>
    at % size === size - 1 ? margin * (1 + random()) : Math.round((random() + random() - 1) * 128) / 128,
  );
}

/** minₖ ⟨Zₖ, θ⟩ / ||θ|| and ||Σ λₖ Zₖ||_* / Σ λₖ for θ and λ that are sums of two doubles each, in integers but for the last division. */
function exactBounds(id: "l1" | "linf", values: Float64Array, size: number, points: { theta: Float64Array[]; lambda: Float64Array[] }) {
  const count = values.length / size;
  // one power of two for all, of which 1 is told at the end
  const all = exactRow([...values, ...points.theta.flatMap((part) => [...part]), ...points.lambda.flatMap((part) => [...part]), 1]);
  const one = all.at(-1)!;
  const take = (from: number, length: number): bigint[] => all.slice(from, from + length);
  const rows = Array.from({ length: count }, (_, k) => take(k * size, size));
  const sumOf = (from: number, length: number): bigint[] => take(from, length).map((value, j) => value + all[from + length + j]!);
  const theta = sumOf(values.length, size);
  const lambda = sumOf(values.length + 2 * size, count);
  const absolute = (x: bigint): bigint => (x < 0n ? -x : x);
  const ascending = (x: bigint[]): bigint[] => x.sort((a, b) => (a < b ? -1 : 1));
  const total = (x: readonly bigint[]): bigint => x.reduce((a, b) => a + absolute(b), 0n);
  const largest = (x: readonly bigint[]): bigint => ascending(x.map(absolute)).at(-1)!;
  const [norm, dual] = id === "l1" ? [total, largest] : [largest, total];
  const ratio = (a: bigint, b: bigint): number => Number((a << 200n) / b) / Number(1n << 200n);
  const least = ascending(rows.map((row) => exactProduct(row, theta)))[0]!;
  const combination = Array.from({ length: size }, (_, j) => rows.reduce((sum, row, k) => sum + row[j]! * lambda[k]!, 0n));
  return {
    lower: ratio(least, norm(theta) * one),
    upper: ratio(dual(combination), total(lambda) * one),
    isPositive: lambda.every((x) => x >= 0n),
  };
}

test.each([
  ["l1", 1e-6],
  ["linf", 1e-6],
  ["l1", 1e-9],
  ["linf", 1e-9],
  ["l1", 1e-12],
  ["linf", 1e-12],
] as const)("%s, margins of %s of the rows: bounds meet to 1e-9, and are those of the points in exact arithmetic", async (id, margin) => {
  const [count, size] = [36, 8];
  const values = nearlyInseparable(count, size, margin);
  const norm = boundedNorm(norms[id], kernels, [{ offset: 0, rows: 1, columns: size }]);
  const { lower, upper, theta, lambda, rest, closed } = await smallestCombination(matrixAtoms(values, size), norm);
  expect(closed).toBe(true);
  expect(upper - lower).toBeLessThan(1e-9 * upper);
  // without what doubles leave the bounds would be 1e-16 / margin apart
  if (margin < 1e-7) expect(rest).toBeDefined();
  const parts = {
    theta: [theta, rest?.theta ?? new Float64Array(size)],
    lambda: [lambda, rest?.lambda ?? new Float64Array(count)],
  };
  const exact = exactBounds(id, values, size, parts);
  expect(exact.isPositive).toBe(true);
  const allowance = rest ? 1e-15 : 1e-14 + 1e-15 / margin; // without rest the points are rounded once more when they are scaled
  expect(exact.lower).toBeGreaterThanOrEqual(lower * (1 - allowance));
  expect(exact.upper).toBeLessThanOrEqual(upper * (1 + allowance));
});
