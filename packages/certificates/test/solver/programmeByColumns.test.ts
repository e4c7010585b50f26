import { norms } from "@steepest/core";
import { expect, test } from "vitest";
import { boundedNorm, lowerBound, matrixAtoms, upperBound } from "../../src/index.js";
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

test("of rows of low rank that stand often in the data, and as often scaled, each is in the way once", async () => {
  const random = randomNumbers(8);
  const [rank, kinds, copies] = [5, 40, 30];
  const factors = Float64Array.from({ length: rank * size }, () => random() - 0.5);
  const base = Array.from({ length: kinds }, () => {
    const own = Array.from({ length: rank }, (_, r) => random() - (r === 0 ? -1 : 0.5));
    return Float64Array.from({ length: size }, (_, j) => own.reduce((sum, value, r) => sum + value * factors[r * size + j]!, 0));
  });
  // copies of the same length, and longer ones, which are never in the way
  const values = new Float64Array(kinds * copies * size);
  for (let k = 0; k < kinds * copies; k++) {
    values.set(
      base[k % kinds]!.map((value) => value * (k >= kinds && k % 7 === 6 ? 2 : 1)),
      k * size,
    );
  }
  const weights = new Float64Array(size).fill(1);
  const norm = boundedNorm(norms.l1, kernels, [{ offset: 0, rows: 1, columns: size }]);
  const rest = { norm, tolerance: 1e-9, iterations: 1000, breathe: async () => {} };
  const many = matrixAtoms(values, size);
  let formed = 0;
  const row = (k: number): Float64Array => {
    formed += 1;
    return many.row(k);
  };
  const counted = { ...many, row };
  const { theta, lambda, iterations } = await programmeByColumns({ ...rest, atoms: counted, start: {} }, weights);
  expect(iterations).toBeLessThan(20);
  expect(formed).toBeLessThan(20_000);
  expect(lowerBound(many, norm, theta)).toBeGreaterThan(upperBound(many, norm, lambda) * (1 - 1e-9));
  const few = matrixAtoms(values.slice(0, kinds * size), size);
  const once = await solvedProgramme({ ...rest, atoms: few, start: {} }, MarginProgram.ofSum(weights), scaledRows(few));
  expect(Math.abs(upperBound(few, norm, once.lambda) / upperBound(many, norm, lambda) - 1)).toBeLessThan(1e-9);
});

test("a sum of sizes is known by its programme, other balls are none", () => {
  const shape = { length: 4, blocks: [{ offset: 0, rows: 2, columns: 2 }] };
  expect([...MarginProgram.of(norms.l1, shape)!.weightsOfSum!]).toEqual([1, 1, 1, 1]);
  expect([...MarginProgram.ofSum([1, 2]).weightsOfSum!]).toEqual([1, 2]);
  expect(MarginProgram.of(norms.linf, shape)!.weightsOfSum).toBeUndefined();
  expect(MarginProgram.of(norms.rowMax, shape)?.weightsOfSum).toBeUndefined();
});
