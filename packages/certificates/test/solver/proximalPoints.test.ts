import { l2Of, lp, type MatrixBlock, maxOf, type Norm, norms, sumOf } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { boundedNorm, matrixAtoms, smallestCombination } from "../../src/index.js";
import { kernels } from "../support/kernels.js";
import { randomNumbers } from "../support/randomNumbers.js";

const onOneMatrix: readonly Norm[] = [
  ...[1.0001, 1.01, 1.1, 1.5, 3, 100, 1e6].map(lp),
  norms.spectral,
  norms.nuclear,
  norms.rowMax,
  norms.rowMax.dual,
  norms.colMax,
];
const onTwo: readonly Norm[] = [
  maxOf([norms.spectral, norms.linf], [1, 0.5]),
  sumOf([norms.nuclear, norms.l1], [2, 3]),
  l2Of([norms.spectral, norms.l2], [0.25, 4]),
  l2Of([norms.linf, norms.l1]),
];

/** Separable rows: as they come, of 1e-100 and of 1e100, of small integers, half of them twice, with columns from 1e-2 to 1e2. */
function rowsOf(kind: number, count: number, size: number, next: () => number): number[][] {
  const normal = (): number => Array.from({ length: 12 }, next).reduce((sum, v) => sum + v, -6);
  const teacher = Array.from({ length: size }, normal);
  const columns = Array.from({ length: size }, () => (kind === 5 ? 10 ** Math.round(4 * next() - 2) : 1));
  const scale = [1, 1e-100, 1e100][kind] ?? 1;
  const rows: number[][] = [];
  while (rows.length < count) {
    const twin = kind === 4 && next() < 0.5 ? rows[Math.floor(next() * rows.length)] : undefined;
    const drawn = twin ?? columns.map((factor) => factor * (kind === 3 ? Math.round(2 * normal()) : normal()));
    const product = drawn.reduce((sum, v, j) => sum + v * teacher[j]!, 0);
    if (product === 0) continue;
    rows.push(drawn.map((v) => (product < 0 ? -v : v)));
  }
  return rows.map((row) => row.map((v) => v * scale));
}

describe("the bounds meet in norms that are no polytopes and not Euclidean", () => {
  const members = [...onOneMatrix.map((norm) => ({ norm, isOfTwo: false })), ...onTwo.map((norm) => ({ norm, isOfTwo: true }))];
  test.each(members)("$norm.id", async ({ norm, isOfTwo }) => {
    const next = randomNumbers(17);
    for (let kind = 0; kind < 6; kind++) {
      const [rows, columns] = [2 + Math.floor(4 * next()), 2 + Math.floor(6 * next())];
      const blocks: MatrixBlock[] = [{ offset: 0, rows, columns }];
      if (isOfTwo) blocks.push({ offset: rows * columns, rows: 1, columns });
      const size = (rows + (isOfTwo ? 1 : 0)) * columns;
      const drawn = rowsOf(kind, 2 + Math.floor(90 * next()), size, next);
      const { lower, upper, closed, iterations } = await smallestCombination(
        matrixAtoms(Float64Array.from(drawn.flat()), size),
        boundedNorm(norm, kernels, blocks),
      );
      expect([kind, closed, lower > 0], `${lower} to ${upper}`).toEqual([kind, true, true]);
      expect(iterations, `kind ${kind}`).toBeLessThan(5000);
    }
  });
});

test("of tight data in 100 dimensions, in few steps", async () => {
  const next = randomNumbers(5);
  const rows = rowsOf(0, 1000, 100, next);
  for (const p of [1.01, 1.1, 1.5, 3, 100]) {
    const norm = boundedNorm(lp(p), kernels, [{ offset: 0, rows: 1, columns: 100 }]);
    const { closed, iterations } = await smallestCombination(matrixAtoms(Float64Array.from(rows.flat()), 100), norm);
    expect([p, closed]).toEqual([p, true]);
    expect(iterations).toBeLessThan(4000); // projections and their derivatives; a first-order method takes more than that for half of these
  }
});

test("where the iterations end, the bounds are open and true", async () => {
  const rows = rowsOf(0, 200, 30, randomNumbers(8));
  const atoms = matrixAtoms(Float64Array.from(rows.flat()), 30);
  const norm = boundedNorm(norms.spectral, kernels, [{ offset: 0, rows: 5, columns: 6 }]);
  const whole = await smallestCombination(atoms, norm);
  const cut = await smallestCombination(atoms, norm, { iterations: 30 });
  expect([whole.closed, cut.closed]).toEqual([true, false]);
  expect(cut.lower).toBeLessThanOrEqual(whole.upper);
  expect(cut.upper).toBeGreaterThanOrEqual(whole.lower);
});
