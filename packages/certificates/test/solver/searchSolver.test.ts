import { normFromText } from "@steepest/core";
import { expect, test } from "vitest";
import { matrixAtoms } from "../../src/atoms/matrixAtoms.js";
import { boundedNorm } from "../../src/bound/boundedNorm.js";
import { combinationBy, smallestCombination } from "../../src/solver/smallestCombination.js";
import { searchSolverOf, solverOf } from "../../src/solver/solvers.js";
import { kernels } from "../support/kernels.js";

const bounded = (id: string, size: number) => boundedNorm(normFromText(id), kernels, [{ offset: 0, rows: 1, columns: size }]);

test("long rows in linf are searched by proximal points, whose bounds meet those of the linear programme", async () => {
  const size = 20_480;
  const rows = Float64Array.from({ length: 3 * size }, (_, at) => ((at * 7919) % 1013) / 1013 - 0.3 - 0.1 * Math.floor(at / size));
  const [atoms, norm] = [matrixAtoms(rows, size), bounded("linf", size)];
  const solver = searchSolverOf(norm);
  expect(solver.name).toBe("proximal points");
  const searched = await combinationBy(solver, atoms, norm, {});
  const exact = await smallestCombination(atoms, norm, { tolerance: 1e-6 });
  expect(searched.closed && exact.closed).toBe(true);
  expect(searched.lower).toBeLessThanOrEqual(exact.upper);
  expect(exact.lower).toBeLessThanOrEqual(searched.upper);
});

test("short rows, weighted sums and l2 are searched by the solver of the norm", () => {
  for (const [id, size] of [
    ["linf", 100],
    ["l1", 20_480],
    ["l2", 20_480],
  ] as const) {
    const norm = bounded(id, size);
    expect(searchSolverOf(norm).name).toBe(solverOf(norm).name);
  }
});
