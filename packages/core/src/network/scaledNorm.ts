import type { Span } from "@steepest/kernels";
import type { RankOneNorm } from "../norm/norm.js";
import { joined } from "../norm/rankOne.js";
import { normalizingExponent, powerOfTwo, timesPowerOfTwo } from "../number/binaryScale.js";
import type { Pass } from "./pass.js";

/**
 * ||∇f(xᵢ)||_* by the formula for rank-one blocks, of 2ᵃ δₗ and 2ᵇ aₗ with largest entries of about 1, and the power of two that the blocks have in
 * common taken out: the same bits where nothing over- or underflows, and right where squares and other powers would.
 */
export function scaledNorm({ kernels, shape, inputs, spans }: Pass): (rankOne: RankOneNorm, i: number, spare: Span) => number {
  const { widths, layout } = shape;
  const trainable = layout.blocks.filter((block) => block.trainable);
  const [deltaRows, activationRows] = [spans.deltaRows!, spans.activationRows!];
  return (rankOne, i, spare) => {
    const factors = trainable.map(({ layer }) => {
      const [rows, columns] = [widths[layer + 1]!, widths[layer]!];
      const left = spans[`delta${layer}`]!.ptr + 8 * i * rows;
      const right = layer === 0 ? inputs.row(i) : spans[`a${layer - 1}`]!.ptr + 8 * i * columns;
      const [largestLeft, largestRight] = [kernels.maxAbs(left, rows), kernels.maxAbs(right, columns)];
      const [a, b] = [normalizingExponent(largestLeft), normalizingExponent(largestRight)];
      return { left, right, rows, columns, a, b, isZero: largestLeft === 0 || largestRight === 0 };
    });
    const exponent = factors.reduce((top, { a, b, isZero }) => (isZero ? top : Math.max(top, -a - b)), -Infinity);
    if (exponent === -Infinity) return 0;
    const values = factors.map(({ left, right, rows, columns, b, isZero }, block) => {
      if (isZero) return 0;
      const shared = Math.max(-exponent - b, -1000); // a for the block of the largest factors, less for the others
      kernels.scale(left, spare.ptr, rows, powerOfTwo(shared));
      rankOne.rowValue(block, "left", spare.ptr, deltaRows.ptr, 1, rows);
      kernels.scale(right, spare.ptr, columns, powerOfTwo(b));
      rankOne.rowValue(block, "right", spare.ptr, activationRows.ptr, 1, columns);
      return deltaRows.view[0]! * activationRows.view[0]!;
    });
    return timesPowerOfTwo(joined(rankOne, values), exponent);
  };
}
