import type { Kernels, Span } from "@steepest/kernels";
import type { BoundNorm } from "../norm/boundNorm.js";
import type { RankOneNorm } from "../norm/norm.js";
import type { InputLayer } from "./inputLayer.js";
import type { MlpShape } from "./mlpPass.js";
import type { Trainer } from "./network.js";

interface Pass {
  readonly kernels: Kernels;
  readonly shape: MlpShape;
  readonly n: number;
  readonly inputs: InputLayer;
  /** Those of `trainerSpans`. */
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

  /** totals[i] ← the combined value of sample i, unfinished. */
  const rankOneTotals = (rankOne: RankOneNorm): void => {
    if (inputRowsOf !== rankOne && lowestTrainable === 0) {
      inputs.rowValues(rankOne, inputRows);
      inputRowsOf = rankOne;
    }
    totals.view.fill(0);
    for (const [block, { layer }] of trainable.entries()) {
      rankOne.rowValue(block, "left", spans[`delta${layer}`]!.ptr, deltaRows.ptr, n, widths[layer + 1]!);
      const rows = layer === 0 ? inputRows : activationRows;
      if (layer > 0) rankOne.rowValue(block, "right", spans[`a${layer - 1}`]!.ptr, activationRows.ptr, n, widths[layer]!);
      for (let i = 0; i < n; i++) totals.view[i] = rankOne.combine(totals.view[i]!, deltaRows.view[i]! * rows.view[i]!, block);
    }
  };

  const rankOneMaximum = (rankOne: RankOneNorm): number => {
    rankOneTotals(rankOne);
    let largest = 0;
    for (let i = 0; i < n; i++) largest = Math.max(largest, totals.view[i]!);
    return rankOne.finish(largest);
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
    maxSampleGradient: (norm, spare) => (norm.rankOneDual ? rankOneMaximum(norm.rankOneDual) : formedMaximum(norm, spare)),
    deadSamples: () => {
      if (!scores.view.includes(0)) return 0;
      rankOneTotals(largestEntry);
      return scores.view.reduce((dead, score, i) => (score === 0 && totals.view[i] === 0 ? dead + 1 : dead), 0);
    },
    samplesReplaced: () => {
      inputRowsOf = undefined;
    },
  };
}
