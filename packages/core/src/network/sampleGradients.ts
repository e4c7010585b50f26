import type { Kernels, Span } from "@steepest/kernels";
import { hasItsDigits, isComfortable, normalizingExponent, powerOfTwo, timesPowerOfTwo } from "../binaryScale.js";
import type { BoundNorm } from "../norm/boundNorm.js";
import type { RankOneNorm } from "../norm/norm.js";
import { joined } from "../norm/rankOne.js";
import type { InputLayer } from "./inputLayer.js";
import type { MlpShape } from "./mlpPass.js";
import type { Trainer } from "./network.js";

interface Pass {
  readonly kernels: Kernels;
  readonly shape: MlpShape;
  readonly n: number;
  readonly inputs: InputLayer;
  /** Spans of the pass, as named by `trainerSpans`. */
  readonly spans: Readonly<Record<string, Span>>;
  gradient(coefficients: Span, out: Span): void;
}

/** Norms of single samples' gradients ∇f(xᵢ; θ) = (δₗ ⊗ aₗ)ₗ, from δ and a of the last pass. */
export function sampleGradients(pass: Pass): Pick<Trainer, "maxSampleGradient" | "deadSamples"> & { samplesReplaced(): void } {
  const { kernels, shape, n, inputs, spans, gradient } = pass;
  const { widths, layout, lowestTrainable } = shape;
  const trainable = layout.blocks.filter((block) => block.trainable);
  const { scores, deltaRows, activationRows, inputRows, totals } = spans as Record<
    "scores" | "deltaRows" | "activationRows" | "inputRows" | "totals",
    Span
  >;
  const largestEntry: RankOneNorm = {
    rowValue: (_block, _side, x, out, rows, columns) => kernels.rowMaxAbs(x, out, rows, columns),
    combine: (total, value) => Math.max(total, value),
    finish: (total) => total,
  };
  let inputRowsOf: RankOneNorm | undefined;
  const isBeyond = new Uint8Array(n);

  /** Visits every sample's row values, block by block. */
  const eachPair = (rankOne: RankOneNorm, visit: (i: number, left: number, right: number, block: number) => void): void => {
    if (inputRowsOf !== rankOne && lowestTrainable === 0) {
      inputs.rowValues(rankOne, inputRows);
      inputRowsOf = rankOne;
    }
    for (const [block, { layer }] of trainable.entries()) {
      rankOne.rowValue(block, "left", spans[`delta${layer}`]!.ptr, deltaRows.ptr, n, widths[layer + 1]!);
      const rows = layer === 0 ? inputRows : activationRows;
      if (layer > 0) rankOne.rowValue(block, "right", spans[`a${layer - 1}`]!.ptr, activationRows.ptr, n, widths[layer]!);
      for (let i = 0; i < n; i++) visit(i, deltaRows.view[i]!, rows.view[i]!, block);
    }
  };

  const rankOneMaximum = (rankOne: RankOneNorm, spare: Span): number => {
    totals.view.fill(0);
    isBeyond.fill(0);
    eachPair(rankOne, (i, left, right, block) => {
      if (!(isComfortable(left) && isComfortable(right))) isBeyond[i] = 1;
      totals.view[i] = rankOne.combine(totals.view[i]!, left * right, block);
    });
    let [largest, largestBeyond] = [0, 0];
    for (let i = 0; i < n; i++) {
      const total = totals.view[i]!;
      if (isBeyond[i] === 0 && hasItsDigits(total)) largest = Math.max(largest, total);
      else largestBeyond = Math.max(largestBeyond, scaledNorm(rankOne, i, spare));
    }
    return Math.max(rankOne.finish(largest), largestBeyond);
  };

  /**
   * ||∇f(xᵢ)||_* by the same formula of 2ᵃ δₗ and 2ᵇ aₗ with largest entries of about 1, and the power of two that the blocks have in common taken out:
   * the same bits where nothing over- or underflows, and right where squares and other powers would.
   */
  const scaledNorm = (rankOne: RankOneNorm, i: number, spare: Span): number => {
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

  /** Sample by sample, for norms that have to see the whole gradient. */
  const formedMaximum = (norm: BoundNorm, spare: Span): number => {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      totals.view.fill(0);
      totals.view[i] = 1;
      gradient(totals, spare);
      largest = Math.max(largest, norm.dualNorm(spare));
    }
    return largest;
  };

  return {
    maxSampleGradient: (norm, spare) => (norm.rankOneDual ? rankOneMaximum(norm.rankOneDual, spare) : formedMaximum(norm, spare)),
    deadSamples: () => {
      if (!scores.view.includes(0)) return 0;
      totals.view.fill(0);
      eachPair(largestEntry, (i, left, right) => {
        if (left !== 0 && right !== 0) totals.view[i] = 1; // their product may underflow: such a sample is small, not dead
      });
      return scores.view.reduce((dead, score, i) => (score === 0 && totals.view[i] === 0 ? dead + 1 : dead), 0);
    },
    samplesReplaced: () => {
      inputRowsOf = undefined;
    },
  };
}
