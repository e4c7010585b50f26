import { ArenaPlan, type KernelFactory, type Span } from "@steepest/kernels";
import type { NormSubject } from "@steepest/laws";
import { type BoundNorm, bindNormIn, type MatrixBlock, type Norm, type NormShape, planNorm } from "../src/index.js";

/** How a vector of a length is cut into matrices. */
export type BlocksOf = (length: number) => MatrixBlock[];

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

/** The layouts that matrix norms are asked about; their lengths differ, so that a length says which one is meant. */
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

const layoutBlocks: BlocksOf = (length) => {
  const layout = layouts.find((matrices) => matrices.reduce((sum, [rows, columns]) => sum + rows * columns, 0) === length);
  let offset = 0;
  return layout!.map(([rows, columns]) => {
    const block = { offset, rows, columns };
    offset += rows * columns;
    return block;
  });
};

interface Bound {
  readonly norm: BoundNorm;
  readonly input: Span;
  readonly other: Span;
  readonly output: Span;
}

/** A norm of the core as a plain subject: vectors are copied into kernel memory and back; bound anew for each length. */
export function normSubject(norm: Norm, kernels: KernelFactory, blocksOf: BlocksOf = oneRow): NormSubject {
  const byLength = new Map<number, Bound>();
  const bound = (length: number): Bound => {
    const known = byLength.get(length);
    if (known) return known;
    const shape: NormShape = { length, blocks: blocksOf(length) };
    const plan = new ArenaPlan().span(length).span(length).span(length);
    planNorm(plan, norm, shape);
    const arena = plan.allocate(kernels);
    const made = { input: arena.span(length), output: arena.span(length), other: arena.span(length), norm: bindNormIn(arena, norm, shape) };
    byLength.set(length, made);
    return made;
  };
  const on = <T>(x: Float64Array, use: (made: Bound) => T): T => {
    const made = bound(x.length);
    made.input.view.set(x);
    return use(made);
  };
  return {
    norm: (x) => on(x, ({ norm: n, input }) => n.norm(input)),
    dualNorm: (g) => on(g, ({ norm: n, input }) => n.dualNorm(input)),
    lmo: (g) =>
      on(g, ({ norm: n, input, output }) => {
        n.lmo(input, output);
        return output.view.slice();
      }),
    projectBall: (x, radius) =>
      on(x, ({ norm: n, input, output }) => {
        n.projectBall(input, output, radius);
        return output.view.slice();
      }),
    prox: (x, t) =>
      on(x, ({ norm: n, input, output }) => {
        n.prox(input, output, t);
        return output.view.slice();
      }),
    subgradientGap: (x, z) =>
      on(x, ({ norm: n, input, other }) => {
        other.view.set(z);
        return n.subgradientGap(input, other);
      }),
  };
}

/** A norm of the core with its dual, on matrices of several layouts, and what it is said to be invariant under. */
export function matrixNormSubject(
  norm: Norm,
  kernels: KernelFactory,
  claims: Pick<NormSubject, "invariances" | "partialIsometry">,
): NormSubject {
  const subject = { ...normSubject(norm, kernels, layoutBlocks), layouts };
  const dual = { ...normSubject(norm.dual, kernels, layoutBlocks), layouts };
  return { ...subject, ...claims, dual: { ...dual, dual: subject } };
}
