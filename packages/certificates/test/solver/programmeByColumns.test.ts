import { norms } from "@steepest/core";
import { expect, test } from "vitest";
import { boundedNorm, matrixAtoms } from "../../src/index.js";
import { MarginProgram } from "../../src/solver/marginProgram.js";
import { programmeByColumns } from "../../src/solver/programmeByColumns.js";
import { scaledRows } from "../../src/solver/scaledRows.js";
import { solvedProgramme } from "../../src/solver/solvedProgramme.js";
import { kernels } from "../support/kernels.js";
import { randomNumbers } from "../support/randomNumbers.js";

const size = 900;

test("over the columns that matter the answer is that over all of them, from any start", async () => {
  const random = randomNumbers(3);
  for (const count of [1, 5, 40]) {
    const atoms = matrixAtoms(
      Float64Array.from({ length: count * size }, () => random() - 0.45),
      size,
    );
    const weights = Float64Array.from({ length: size }, () => 0.5 + random());
    const norm = boundedNorm(norms.l1, kernels, [{ offset: 0, rows: 1, columns: size }]);
    const problem = { atoms, norm, tolerance: 1e-9, iterations: 1000, breathe: async () => {} };
    const { theta, lambda } = await solvedProgramme({ ...problem, start: {} }, MarginProgram.ofSum(weights), scaledRows(atoms));
    const marginOf = (direction: Float64Array): number => {
      const products = new Float64Array(count);
      atoms.times(direction, products);
      return products.reduce((a, b) => Math.min(a, b)) / direction.reduce((sum, value, j) => sum + weights[j]! * Math.abs(value), 0);
    };
    // a start whose entries are no columns of the answer, and one with multipliers
    const far = theta.map((value) => (value === 0 ? 1 : 0));
    for (const start of [{}, { theta: far }, { theta: theta.slice(), lambda }]) {
      const proposal = await programmeByColumns({ ...problem, start }, weights);
      expect(Math.abs(marginOf(proposal.theta) / marginOf(theta) - 1)).toBeLessThan(1e-9);
      const sums = new Float64Array(size);
      atoms.combine(proposal.lambda, sums);
      const total = proposal.lambda.reduce((a, b) => a + b, 0);
      const dual = sums.reduce((most, value, j) => Math.max(most, Math.abs(value) / weights[j]!), 0) / total;
      expect(Math.abs(dual / marginOf(theta) - 1)).toBeLessThan(1e-9);
    }
  }
});

test("a sum of sizes is known by its programme, other balls are none", () => {
  const shape = { length: 4, blocks: [{ offset: 0, rows: 2, columns: 2 }] };
  expect([...MarginProgram.of(norms.l1, shape)!.weightsOfSum!]).toEqual([1, 1, 1, 1]);
  expect([...MarginProgram.ofSum([1, 2]).weightsOfSum!]).toEqual([1, 2]);
  expect(MarginProgram.of(norms.linf, shape)!.weightsOfSum).toBeUndefined();
  expect(MarginProgram.of(norms.rowMax, shape)?.weightsOfSum).toBeUndefined();
});
