import type { KernelFactory } from "@steepest/kernels";
import type { NormSubject } from "@steepest/laws";
import { arrayNorm, type BlocksOf, type Norm } from "../../src/index.js";

/** One row. */
export const oneRow: BlocksOf = (length) => [{ offset: 0, rows: 1, columns: length }];

/** One matrix with as many rows as the length allows up to its root. */
export const oneMatrix: BlocksOf = (length) => {
  const rows = [6, 5, 4, 3, 2].find((r) => length % r === 0 && length / r >= r) ?? 1;
  return [{ offset: 0, rows, columns: length / rows }];
};

/** A matrix of two columns, then the rest as one row. */
export const twoBlocks: BlocksOf = (length) => {
  const rows = Math.floor(length / 4);
  if (rows === 0) return oneRow(length);
  return [
    { offset: 0, rows, columns: 2 },
    { offset: 2 * rows, rows: 1, columns: length - 2 * rows },
  ];
};

/** The layouts that matrix norms are asked about; their lengths differ, so that a length identifies its layout. */
const layouts: NonNullable<NormSubject["layouts"]> = [
  [[1, 1]],
  [[1, 7]],
  [[5, 1]],
  [[3, 3]],
  [[4, 6]],
  [[7, 3]],
  [
    [3, 4],
    [1, 5],
  ],
  [
    [6, 5],
    [2, 2],
    [1, 6],
  ],
];

export const layoutBlocks: BlocksOf = (length) => {
  const layout = layouts.find((matrices) => matrices.reduce((sum, [rows, columns]) => sum + rows * columns, 0) === length);
  let offset = 0;
  return layout!.map(([rows, columns]) => {
    const block = { offset, rows, columns };
    offset += rows * columns;
    return block;
  });
};

/** A norm of the core as a subject of the laws. */
export function normSubject(norm: Norm, kernels: KernelFactory, blocksOf: BlocksOf = oneRow): NormSubject {
  return { ...arrayNorm(norm, kernels, blocksOf) };
}

/** A norm of the core with its dual, on matrices of several layouts, and the maps under which it is invariant. */
export function matrixNormSubject(
  norm: Norm,
  kernels: KernelFactory,
  claims: Pick<NormSubject, "invariances" | "partialIsometry">,
): NormSubject {
  const subject = { ...normSubject(norm, kernels, layoutBlocks), layouts };
  const dual = { ...normSubject(norm.dual, kernels, layoutBlocks), layouts };
  return { ...subject, ...claims, dual: { ...dual, dual: subject } };
}
