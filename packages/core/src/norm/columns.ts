import type { Kernels, Pointer, Span } from "@steepest/kernels";
import type { Norm, NormFunctions, NormShape, RankOneNorm } from "./norm.js";
import { rowsClass } from "./pytorch/rows.js";
import { type RowFunctions, rowMax, rowMaxFunctions, rowSum, rowSumFunctions } from "./rows.js";

type BindRows = (kernels: Kernels, shape: NormShape, scratch: Pointer) => RowFunctions;

/** colMax: the largest Euclidean norm of a column, over every matrix: rowMax of the transposes. Tie rule: a zero column gives 0. */
export const colMax: Norm = {
  id: "colMax",
  get dual() {
    return colSum;
  },
  dependsOnPosition: false,
  facts: { invariances: ["signs", "leftOrthogonal"], pytorch: { class: rowsClass, name: "Rows", options: ['"max"', '"columns"'] } },
  scratchBytes: (shape) => transposedBytes(shape) + rowMax.scratchBytes(transposed(shape)),
  bind: (kernels, shape, scratch) => onColumns(kernels, shape, scratch, rowMaxFunctions),
};

/** colSum: the sum of the Euclidean norms of the columns; the dual of colMax. Tie rule: the first column of the first block. */
export const colSum: Norm = {
  id: "colSum",
  get dual() {
    return colMax;
  },
  dependsOnPosition: false,
  facts: { invariances: ["signs", "leftOrthogonal"], pytorch: { class: rowsClass, name: "Rows", options: ['"sum"', '"columns"'] } },
  scratchBytes: (shape) => transposedBytes(shape) + rowSum.scratchBytes(transposed(shape)),
  bind: (kernels, shape, scratch) => onColumns(kernels, shape, scratch, rowSumFunctions),
};

function transposed(shape: NormShape): NormShape {
  return { ...shape, blocks: shape.blocks.map(({ offset, rows, columns }) => ({ offset, rows: columns, columns: rows })) };
}

const transposedBytes = ({ length }: NormShape): number => 16 * length;

function onColumns(kernels: Kernels, shape: NormShape, scratch: Pointer, bindRows: BindRows): NormFunctions {
  const { blocks, length } = shape;
  const span = (ptr: Pointer): Span => ({ ptr, length, view: new Float64Array(kernels.buffer, ptr, length) });
  const [input, output] = [span(scratch), span(scratch + 8 * length)];
  const onRows = bindRows(kernels, transposed(shape), scratch + transposedBytes(shape));
  const enter = (x: Span): Span => {
    for (const { offset, rows, columns } of blocks) kernels.transpose(x.ptr + 8 * offset, input.ptr + 8 * offset, rows, columns);
    return input;
  };
  const leave = (out: Span): void => {
    for (const { offset, rows, columns } of blocks) kernels.transpose(output.ptr + 8 * offset, out.ptr + 8 * offset, columns, rows);
  };
  return {
    norm: (x) => onRows.norm(enter(x)),
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
