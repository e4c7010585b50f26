import type { Kernels, Pointer, Span } from "@steepest/kernels";
import { comparableScale, euclidean, euclideanLmo, euclideanProjection, euclideanProx } from "./euclidean.js";
import type { Norm, NormFunctions, NormShape } from "./norm.js";
import { rowsClass } from "./pytorch/rows.js";

interface Row {
  readonly offset: number;
  readonly length: number;
}

function rowsOf({ blocks }: NormShape): Row[] {
  return blocks.flatMap(({ offset, rows, columns }) =>
    Array.from({ length: rows }, (_, r) => ({ offset: offset + r * columns, length: columns })),
  );
}

/** The functions of a norm on rows, all of which have a proximal point of their own. */
export type RowFunctions = NormFunctions & Required<Pick<NormFunctions, "prox">>;

const rowScratchBytes = ({ blocks }: NormShape): number => 3 * 8 * blocks.reduce((count, { rows }) => count + rows, 0);

/** The Euclidean norms of the rows, and their projection onto an ℓ1 ball, in scratch. */
function rowNorms(kernels: Kernels, rows: readonly Row[], scratch: Pointer) {
  const count = rows.length;
  const values = new Float64Array(kernels.buffer, scratch, count);
  const projected = new Float64Array(kernels.buffer, scratch + 8 * count, count);
  const measure = (x: Span): void => {
    for (const [r, { offset, length }] of rows.entries()) values[r] = euclidean(kernels, x.ptr + 8 * offset, length);
  };
  const project = (x: Span, radius: number): void => {
    measure(x);
    kernels.projectL1(scratch, scratch + 8 * count, count, radius, scratch + 16 * count);
  };
  return { projected, measure, project };
}

/**
 * rowMax: the largest Euclidean norm of a row, over every matrix.
 *
 *   ||θ|| = max_r ||row_r||₂      ||G||_* = Σ_r ||row_r||₂      lmo(G): the rows of -G, each normalised
 *
 * Tie rule: a zero row gives 0.
 */
export const rowMax: Norm = {
  id: "rowMax",
  get dual() {
    return rowSum;
  },
  dependsOnPosition: false,
  facts: { invariances: ["signs", "rightOrthogonal"], pytorch: { class: rowsClass, name: "Rows", options: ['"max"', '"rows"'] } },
  scratchBytes: rowScratchBytes,
  bind: rowMaxFunctions,
};

/**
 * rowSum: the sum of the Euclidean norms of the rows, over every matrix; the dual of rowMax.
 *
 *   lmo(G): the row of -G with the largest Euclidean norm, normalised, 0 elsewhere
 *
 * Tie rule: the lowest row; lmo(0) = 0.
 */
export const rowSum: Norm = {
  id: "rowSum",
  get dual() {
    return rowMax;
  },
  dependsOnPosition: false,
  facts: { invariances: ["signs", "rightOrthogonal"], pytorch: { class: rowsClass, name: "Rows", options: ['"sum"', '"rows"'] } },
  scratchBytes: rowScratchBytes,
  bind: rowSumFunctions,
};

export function rowMaxFunctions(kernels: Kernels, shape: NormShape, scratch: Pointer): RowFunctions {
  const rows = rowsOf(shape);
  const norms = rowNorms(kernels, rows, scratch);
  return {
    norm: (x) => rows.reduce((largest, { offset, length }) => Math.max(largest, euclidean(kernels, x.ptr + 8 * offset, length)), 0),
    lmo: (g, out) => {
      for (const { offset, length } of rows) euclideanLmo(kernels, g.ptr + 8 * offset, out.ptr + 8 * offset, length);
    },
    projectBall: (x, out, radius) => {
      for (const { offset, length } of rows) euclideanProjection(kernels, x.ptr + 8 * offset, out.ptr + 8 * offset, length, radius);
    },
    prox: (x, out, t) => {
      norms.project(x, t);
      const kept = kernels.maxAbs(scratch, rows.length) - kernels.maxAbs(scratch + 8 * rows.length, rows.length);
      for (const { offset, length } of rows) euclideanProjection(kernels, x.ptr + 8 * offset, out.ptr + 8 * offset, length, kept);
    },
    rankOne: {
      rowValue: (_block, side, x, out, count, columns) =>
        (side === "left" ? kernels.rowMaxAbs : kernels.rowEuclidean)(x, out, count, columns),
      combine: (total, value) => Math.max(total, value),
      finish: (total) => total,
    },
  };
}

export function rowSumFunctions(kernels: Kernels, shape: NormShape, scratch: Pointer): RowFunctions {
  const rows = rowsOf(shape);
  const count = rows.length;
  const { projected, measure, project } = rowNorms(kernels, rows, scratch);
  return {
    norm: (x) => {
      measure(x);
      return kernels.sumAbs(scratch, count);
    },
    lmo: (g, out) => {
      // the direction is that of 2ᵏ g: norms of subnormal rows are too coarse to compare
      kernels.scale(g.ptr, out.ptr, g.length, comparableScale(kernels, g));
      measure(out);
      const top = kernels.argmaxAbs(scratch, count);
      rows.forEach(({ offset, length }, r) => {
        const row = out.ptr + 8 * offset;
        if (r === top) euclideanLmo(kernels, row, row, length);
        else kernels.scale(row, row, length, 0);
      });
    },
    projectBall: (x, out, radius) => {
      project(x, radius);
      rows.forEach(({ offset, length }, r) => {
        euclideanProjection(kernels, x.ptr + 8 * offset, out.ptr + 8 * offset, length, projected[r]!);
      });
    },
    prox: (x, out, t) => {
      for (const { offset, length } of rows) euclideanProx(kernels, x.ptr + 8 * offset, out.ptr + 8 * offset, length, t);
    },
    rankOne: {
      rowValue: (_block, side, x, out, n, columns) => (side === "left" ? kernels.rowSumAbs : kernels.rowEuclidean)(x, out, n, columns),
      combine: (total, value) => total + value,
      finish: (total) => total,
    },
  };
}
