import { entryOf, type Span } from "@steepest/kernels";
import type { RankOneNorm } from "../norm/norm.js";
import { joined } from "../norm/rankOne.js";
import { normalizingExponent, powerOfTwo, timesPowerOfTwo } from "../number/binaryScale.js";
import type { Pass } from "./pass.js";

/**
 * ||∇<seedsᵢ, f(xᵢ)>||_* by the formula for rank-one blocks, of 2ᵃ δ and 2ᵇ x with largest entries of about 1, and the power of two that the blocks have in
 * common taken out: the same bits where nothing over- or underflows, and right where squares and other powers would.
 */
export function scaledNorm(pass: Pass): (rankOne: RankOneNorm, i: number, spare: Span) => number {
  const { kernels, tape, wiring, spans } = pass;
  const [deltaRows, activationRows] = [spans.deltaRows!, spans.activationRows!];
  return (rankOne, i, spare) => {
    const factors = wiring.uses.map(({ node, trainableIndex }) => {
      const { input, output } = node;
      const [rows, columns] = [tape.sizes[output]!, input === undefined ? 1 : tape.sizes[input]!];
      const left = entryOf(pass.delta(output), i * rows);
      const right = input === undefined ? undefined : pass.row(input, i);
      const [largestLeft, largestRight] = [kernels.maxAbs(left, rows), right === undefined ? 1 : kernels.maxAbs(right, columns)];
      const [a, b] = [normalizingExponent(largestLeft), normalizingExponent(largestRight)];
      return { trainableIndex, left, right, rows, columns, a, b, isZero: largestLeft === 0 || largestRight === 0 };
    });
    const exponent = factors.reduce((top, { a, b, isZero }) => (isZero ? top : Math.max(top, -a - b)), -Infinity);
    if (exponent === -Infinity) return 0;
    const values = new Array<number>(factors.length).fill(0);
    for (const { trainableIndex, left, right, rows, columns, b, isZero } of factors) {
      if (isZero) continue;
      const shared = Math.max(-exponent - b, -1000); // a for the block of the largest factors, less for the others
      kernels.scale(left, spare.ptr, rows, powerOfTwo(shared));
      rankOne.rowValue(trainableIndex, "left", spare.ptr, deltaRows.ptr, 1, rows);
      if (right === undefined) spare.view[0] = 1;
      else kernels.scale(right, spare.ptr, columns, powerOfTwo(b));
      rankOne.rowValue(trainableIndex, "right", spare.ptr, activationRows.ptr, 1, columns);
      values[trainableIndex] = deltaRows.view[0]! * activationRows.view[0]!;
    }
    return timesPowerOfTwo(joined(rankOne, values), exponent);
  };
}
