import { entryOf, type Span } from "@steepest/kernels";
import type { BoundNorm } from "../norm/boundNorm.js";
import type { RankOneNorm } from "../norm/norm.js";
import { hasItsDigits, isComfortable } from "../number/binaryScale.js";
import type { Layout } from "./layout.js";
import type { Trainer } from "./network.js";
import type { GradientPass } from "./pass.js";
import { rowValues } from "./rowValues.js";
import { scaledNorm } from "./scaledNorm.js";
import type { WeightUse } from "./wiring.js";

/** Norms of single samples' gradients ∇<seedsᵢ, f(xᵢ; θ)>, from δ and the values of the last pass; δ ⊗ x in every block where all are of rank one. */
export function sampleGradients(
  pass: GradientPass,
  layout: Layout,
): Pick<Trainer, "maxSampleGradient" | "deadSamples"> & { samplesReplaced(): void } {
  const { kernels, tape, wiring, n, spans, one } = pass;
  const scores = pass.value(tape.output);
  const outputs = tape.sizes[tape.output]!;
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

  /** `out` ← ∇<seedsᵢ, f(xᵢ; θ)>. */
  const form = (i: number, out: Span): void => {
    pass.clearUnused(out);
    for (const use of wiring.uses) {
      const { offset, outputs: blockRows, inputs } = layout.blocks[use.block]!;
      const target = entryOf(out, offset);
      const dw = use.isRepeated ? spans.formed!.ptr : target;
      pass.sampleWeightGradient(use, i, dw);
      if (use.isRepeated) kernels.axpy(dw, target, blockRows * inputs, 1);
    }
  };

  /** Sample by sample, for norms that have to see the whole gradient. */
  const formedMaximum = (norm: BoundNorm, spare: Span): number => {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      form(i, spare);
      largest = Math.max(largest, norm.dualNorm(spare));
    }
    return largest;
  };

  /** True if the gradient of a sample by the weights of a use is 0 in f64, with no product of factors that might underflow. */
  const isZero = (use: WeightUse, i: number): boolean => {
    const { input, output, operation } = use.node;
    if (kernels.maxAbs(entryOf(pass.delta(output), i * tape.sizes[output]!), tape.sizes[output]!) === 0) return true;
    if (operation.sampleGradient !== "formed") return input !== undefined && kernels.maxAbs(pass.row(input, i), tape.sizes[input]!) === 0;
    const { rows: blockRows, columns } = tape.blocks[use.block]!;
    pass.sampleWeightGradient(use, i, spans.formed!.ptr);
    return kernels.maxAbs(spans.formed!.ptr, blockRows * columns) === 0;
  };

  /** A score or gradient that only f64 takes for 0 is small, not dead. */
  const isDead = (i: number): boolean =>
    one
      ? one.scores(i).mantissas.every((score) => score === 0) && one.gradientSizes(i).every(({ size }) => size.mantissa === 0)
      : wiring.uses.every((use) => isZero(use, i));

  return {
    maxSampleGradient: (norm, spare) =>
      wiring.isRankOne && norm.rankOneDual ? rankOneMaximum(norm.rankOneDual, spare) : formedMaximum(norm, spare),
    deadSamples: () => {
      let dead = 0;
      for (let i = 0; i < n; i++) if (kernels.maxAbs(entryOf(scores, i * outputs), outputs) === 0 && isDead(i)) dead++;
      return dead;
    },
    samplesReplaced: rows.samplesReplaced,
  };
}
