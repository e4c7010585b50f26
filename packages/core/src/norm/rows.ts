import { entryOf, type Kernels, type Region, Scratch, type Span } from "@steepest/kernels";
import { upward } from "../number/upward.js";
import { limitsOfSum, rowsOfEntries } from "./boundByCones.js";
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

/** True for a vector that is one row, whose norm is its length. */
const isOneRow = ({ blocks }: NormShape): boolean => blocks.length === 1 && blocks[0]!.rows === 1;

/** The functions of a norm on rows, all of which have a proximal point of their own. */
export type RowFunctions = NormFunctions & Required<Pick<NormFunctions, "prox">>;

function pieces({ blocks }: NormShape): Scratch<Record<"values" | "projected" | "work", number>> {
  const count = blocks.reduce((sum, { rows }) => sum + rows, 0);
  return new Scratch({ values: count, projected: count, work: count });
}

/** The Euclidean norms of the rows, and their projection onto an ℓ1 ball, in scratch. */
function rowNorms(kernels: Kernels, shape: NormShape, region: Region) {
  const rows = rowsOf(shape);
  const { values, projected, work } = pieces(shape).cut(kernels, region);
  const measure = (x: Span): void => {
    for (const [r, { offset, length }] of rows.entries()) values.view[r] = euclidean(kernels, entryOf(x, offset), length);
  };
  const project = (x: Span, radius: number): void => {
    measure(x);
    kernels.projectL1(values.ptr, projected.ptr, rows.length, radius, work.ptr);
  };
  return { rows, values, projected, measure, project };
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
  isStrictlyConvexOn: isOneRow,
  facts: { invariances: ["signs", "rightOrthogonal"], pytorch: { class: rowsClass, name: "Rows", options: ['"max"', '"rows"'] } },
  boundByCones: (program, entries, { blocks }, limit) => {
    for (const row of blocks.flatMap((block) => rowsOfEntries(entries, block))) program.rootWithin(row, limit);
    return true;
  },
  scratch: pieces,
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
  isStrictlyConvexOn: isOneRow,
  facts: { invariances: ["signs", "rightOrthogonal"], pytorch: { class: rowsClass, name: "Rows", options: ['"sum"', '"rows"'] } },
  boundByCones: (program, entries, { blocks }, limit) => {
    const rows = blocks.flatMap((block) => rowsOfEntries(entries, block));
    for (const [i, part] of limitsOfSum(program, rows.length, limit).entries()) program.rootWithin(rows[i]!, part);
    return true;
  },
  scratch: pieces,
  bind: rowSumFunctions,
};

/** Upper bounds of the Euclidean norms of rows. */
function rowBounds(kernels: Kernels, rows: readonly Row[], x: Span): number[] {
  return rows.map(({ offset, length }) => upward(euclidean(kernels, entryOf(x, offset), length), length + 4));
}

export function rowMaxFunctions(kernels: Kernels, shape: NormShape, region: Region): RowFunctions {
  const { rows, values, projected, project } = rowNorms(kernels, shape, region);
  return {
    norm: (x) => rows.reduce((largest, { offset, length }) => Math.max(largest, euclidean(kernels, entryOf(x, offset), length)), 0),
    upperBound: (x) => rowBounds(kernels, rows, x).reduce((a, b) => Math.max(a, b), 0),
    lmo: (g, out) => {
      for (const { offset, length } of rows) euclideanLmo(kernels, entryOf(g, offset), entryOf(out, offset), length);
    },
    projectBall: (x, out, radius) => {
      for (const { offset, length } of rows) euclideanProjection(kernels, entryOf(x, offset), entryOf(out, offset), length, radius);
    },
    prox: (x, out, t) => {
      project(x, t);
      const kept = kernels.maxAbs(values.ptr, rows.length) - kernels.maxAbs(projected.ptr, rows.length);
      for (const { offset, length } of rows) euclideanProjection(kernels, entryOf(x, offset), entryOf(out, offset), length, kept);
    },
    rankOne: {
      rowValue: (_block, side, x, out, count, columns) =>
        (side === "left" ? kernels.rowMaxAbs : kernels.rowEuclidean)(x, out, count, columns),
      combine: (total, value) => Math.max(total, value),
      finish: (total) => total,
    },
  };
}

export function rowSumFunctions(kernels: Kernels, shape: NormShape, region: Region): RowFunctions {
  const { rows, values, projected, measure, project } = rowNorms(kernels, shape, region);
  const count = rows.length;
  return {
    norm: (x) => {
      measure(x);
      return kernels.sumAbs(values.ptr, count);
    },
    upperBound: (x) =>
      upward(
        rowBounds(kernels, rows, x).reduce((a, b) => a + b, 0),
        count + 2,
      ),
    lmo: (g, out) => {
      // the direction is that of 2ᵏ g: norms of subnormal rows are too coarse to compare
      kernels.scale(g.ptr, out.ptr, g.length, comparableScale(kernels, g));
      measure(out);
      const top = kernels.argmaxAbs(values.ptr, count);
      rows.forEach(({ offset, length }, r) => {
        const row = entryOf(out, offset);
        if (r === top) euclideanLmo(kernels, row, row, length);
        else kernels.scale(row, row, length, 0);
      });
    },
    projectBall: (x, out, radius) => {
      project(x, radius);
      rows.forEach(({ offset, length }, r) => {
        euclideanProjection(kernels, entryOf(x, offset), entryOf(out, offset), length, projected.view[r]!);
      });
    },
    prox: (x, out, t) => {
      for (const { offset, length } of rows) euclideanProx(kernels, entryOf(x, offset), entryOf(out, offset), length, t);
    },
    rankOne: {
      rowValue: (_block, side, x, out, n, columns) => (side === "left" ? kernels.rowSumAbs : kernels.rowEuclidean)(x, out, n, columns),
      combine: (total, value) => total + value,
      finish: (total) => total,
    },
  };
}
