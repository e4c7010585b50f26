import { entryOf, type Span } from "@steepest/kernels";
import type { BoundNorm } from "../norm/boundNorm.js";
import type { RankOneNorm } from "../norm/norm.js";
import { hasItsDigits, isComfortable } from "../number/binaryScale.js";
import type { Trainer } from "./network.js";
import type { Pass } from "./pass.js";
import { rowValues } from "./rowValues.js";
import { scaledNorm } from "./scaledNorm.js";

/** Norms of single samples' gradients ∇<seedsᵢ, f(xᵢ; θ)> = (δₗ ⊗ aₗ)ₗ, from δ and a of the last pass. */
export function sampleGradients(pass: Pass): Pick<Trainer, "maxSampleGradient" | "deadSamples"> & { samplesReplaced(): void } {
  const { kernels, n, spans, one, gradient } = pass;
  const scores = spans.scores!;
  const totals = spans.totals!;
  const rows = rowValues(pass);
  const normOf = scaledNorm(pass);
  const isBeyond = new Uint8Array(n);

  const rankOneMaximum = (rankOne: RankOneNorm, spare: Span): number => {
    totals.view.fill(0);
    isBeyond.fill(0);
    rows.eachPair(rankOne, (i, left, right, block) => {
      if (!(isComfortable(left) && isComfortable(right))) isBeyond[i] = 1;
      totals.view[i] = rankOne.combine(totals.view[i]!, left * right, block);
    });
    let [largest, largestBeyond] = [0, 0];
    for (let i = 0; i < n; i++) {
      const total = totals.view[i]!;
      if (isBeyond[i] === 0 && hasItsDigits(total)) largest = Math.max(largest, total);
      else largestBeyond = Math.max(largestBeyond, normOf(rankOne, i, spare));
    }
    return Math.max(rankOne.finish(largest), largestBeyond);
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

  /** A score or gradient that only f64 takes for 0 is small, not dead. */
  const isDead = (i: number): boolean =>
    one.scores(i).mantissas.every((score) => score === 0) && one.gradientSizes(i).every(({ size }) => size.mantissa === 0);

  return {
    maxSampleGradient: (norm, spare) => (norm.rankOneDual ? rankOneMaximum(norm.rankOneDual, spare) : formedMaximum(norm, spare)),
    deadSamples: () => {
      const outputs = scores.length / n;
      let dead = 0;
      for (let i = 0; i < n; i++) if (kernels.maxAbs(entryOf(scores, i * outputs), outputs) === 0 && isDead(i)) dead++;
      return dead;
    },
    samplesReplaced: rows.samplesReplaced,
  };
}
