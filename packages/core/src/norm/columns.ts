import { entryOf, type Kernels, type Region, Scratch, type Sized, type Span } from "@steepest/kernels";
import { columnsOfEntries, limitsOfSum } from "./boundByCones.js";
import type { Norm, NormFunctions, NormShape, RankOneNorm } from "./norm.js";
import { rowsClass } from "./pytorch/rows.js";
import { type RowFunctions, rowMax, rowMaxFunctions, rowSumFunctions } from "./rows.js";

type BindRows = (kernels: Kernels, shape: NormShape, region: Region) => RowFunctions;

/** True for a vector that is one column, whose norm is its length. */
const isOneColumn = ({ blocks }: NormShape): boolean => blocks.length === 1 && blocks[0]!.columns === 1;

/** colMax: the largest Euclidean norm of a column, over every matrix: rowMax of the transposes. Tie rule: a zero column gives 0. */
export const colMax: Norm = {
  id: "colMax",
  get dual() {
    return colSum;
  },
  dependsOnPosition: false,
  isStrictlyConvexOn: isOneColumn,
  facts: { invariances: ["signs", "leftOrthogonal"], pytorch: { class: rowsClass, name: "Rows", options: ['"max"', '"columns"'] } },
  boundByCones: (program, entries, { blocks }, limit) => {
    for (const column of blocks.flatMap((block) => columnsOfEntries(entries, block))) program.rootWithin(column, limit);
    return true;
  },
  scratch: (shape) => pieces(shape),
  bind: (kernels, shape, region) => onColumns(kernels, shape, region, rowMaxFunctions),
};

/** colSum: the sum of the Euclidean norms of the columns; the dual of colMax. Tie rule: the first column of the first block. */
export const colSum: Norm = {
  id: "colSum",
  get dual() {
    return colMax;
  },
  dependsOnPosition: false,
  isStrictlyConvexOn: isOneColumn,
  facts: { invariances: ["signs", "leftOrthogonal"], pytorch: { class: rowsClass, name: "Rows", options: ['"sum"', '"columns"'] } },
  boundByCones: (program, entries, { blocks }, limit) => {
    const columns = blocks.flatMap((block) => columnsOfEntries(entries, block));
    for (const [i, part] of limitsOfSum(program, columns.length, limit).entries()) program.rootWithin(columns[i]!, part);
    return true;
  },
  scratch: (shape) => pieces(shape),
  bind: (kernels, shape, region) => onColumns(kernels, shape, region, rowSumFunctions),
};

function transposed(shape: NormShape): NormShape {
  return { ...shape, blocks: shape.blocks.map(({ offset, rows, columns }) => ({ offset, rows: columns, columns: rows })) };
}

/** Scratch of both norms, which is of one size. */
function pieces(shape: NormShape): Scratch<{ input: number; output: number; onRows: Sized }> {
  const { length } = shape;
  return new Scratch({ input: length, output: length, onRows: rowMax.scratch(transposed(shape)) });
}

function onColumns(kernels: Kernels, shape: NormShape, region: Region, bindRows: BindRows): NormFunctions {
  const { blocks } = shape;
  const { input, output, onRows: inner } = pieces(shape).cut(kernels, region);
  const onRows = bindRows(kernels, transposed(shape), inner);
  const enter = (x: Span): Span => {
    for (const { offset, rows, columns } of blocks) kernels.transpose(entryOf(x, offset), entryOf(input, offset), rows, columns);
    return input;
  };
  const leave = (out: Span): void => {
    for (const { offset, rows, columns } of blocks) kernels.transpose(entryOf(output, offset), entryOf(out, offset), columns, rows);
  };
  return {
    norm: (x) => onRows.norm(enter(x)),
    ...(onRows.upperBound && { upperBound: (x: Span) => onRows.upperBound?.(enter(x)) ?? Number.NaN }),
    lmo: (g, out) => {
      onRows.lmo(enter(g), output);
      leave(out);
    },
    projectBall: (x, out, radius) => {
      onRows.projectBall(enter(x), output, radius);
      leave(out);
    },
    prox: (x, out, t) => {
      onRows.prox(enter(x), output, t);
      leave(out);
    },
    ...(onRows.rankOne && { rankOne: mirrored(onRows.rankOne) }),
  };
}

/** The transpose of δ ⊗ a is a ⊗ δ. */
function mirrored(rankOne: RankOneNorm): RankOneNorm {
  return { ...rankOne, rowValue: (block, side, ...rest) => rankOne.rowValue(block, side === "left" ? "right" : "left", ...rest) };
}
