import { entryOf, type Span } from "@steepest/kernels";
import type { BoundNorm } from "../norm/boundNorm.js";
import type { RankOneNorm } from "../norm/norm.js";
import { hasItsDigits, isComfortable } from "../number/binaryScale.js";
import type { Layout } from "./layout.js";
import type { GradientPass } from "./pass.js";
import { rowValues } from "./rowValues.js";
import { scaledNorm } from "./scaledNorm.js";
import type { WeightUse } from "./wiring.js";

/** Norms of single samples' gradients ∇<seedsᵢ, f(xᵢ; θ)>, from δ and the values of the last pass; δ ⊗ x in every block where all are of rank one. */
export class SampleGradients {
  readonly #pass: GradientPass;
  readonly #layout: Layout;
  readonly #rows: ReturnType<typeof rowValues>;
  readonly #normOf: ReturnType<typeof scaledNorm>;
  readonly #isBeyond: Uint8Array;

  constructor(pass: GradientPass, layout: Layout) {
    this.#pass = pass;
    this.#layout = layout;
    this.#rows = rowValues(pass);
    this.#normOf = scaledNorm(pass);
    this.#isBeyond = new Uint8Array(pass.n);
  }

  maxSampleGradient(norm: BoundNorm, spare: Span): number {
    const { isRankOne } = this.#pass.wiring;
    return isRankOne && norm.rankOneDual ? this.#rankOneMaximum(norm.rankOneDual, spare) : this.#formedMaximum(norm, spare);
  }

  deadSamples(): number {
    const { kernels, tape, n, value } = this.#pass;
    const [scores, outputs] = [value(tape.output), tape.sizes[tape.output]!];
    let dead = 0;
    for (let i = 0; i < n; i++) if (kernels.maxAbs(entryOf(scores, i * outputs), outputs) === 0 && this.#isDead(i)) dead++;
    return dead;
  }

  samplesReplaced(): void {
    this.#rows.samplesReplaced();
  }

  #rankOneMaximum(rankOne: RankOneNorm, spare: Span): number {
    const { n, spans } = this.#pass;
    const [totals, isBeyond] = [spans.totals!.view, this.#isBeyond];
    totals.fill(0);
    isBeyond.fill(0);
    this.#rows.eachPair(rankOne, (i, left, right, block) => {
      if (!(isComfortable(left) && isComfortable(right))) isBeyond[i] = 1;
      totals[i] = rankOne.combine(totals[i]!, left * right, block);
    });
    let [largest, largestBeyond] = [0, 0];
    for (let i = 0; i < n; i++) {
      const total = totals[i]!;
      if (isBeyond[i] === 0 && hasItsDigits(total)) largest = Math.max(largest, total);
      else largestBeyond = Math.max(largestBeyond, this.#normOf(rankOne, i, spare));
    }
    return Math.max(rankOne.finish(largest), largestBeyond);
  }

  /** Sample by sample, for norms that have to see the whole gradient. */
  #formedMaximum(norm: BoundNorm, spare: Span): number {
    let largest = 0;
    for (let i = 0; i < this.#pass.n; i++) {
      this.#form(i, spare);
      largest = Math.max(largest, norm.dualNorm(spare));
    }
    return largest;
  }

  /** `out` ← ∇<seedsᵢ, f(xᵢ; θ)>. */
  #form(i: number, out: Span): void {
    const { kernels, wiring, spans } = this.#pass;
    this.#pass.clearUnused(out);
    for (const use of wiring.uses) {
      const { offset, outputs, inputs } = this.#layout.blocks[use.block]!;
      const target = entryOf(out, offset);
      const dw = use.isRepeated ? spans.formed!.ptr : target;
      this.#pass.sampleWeightGradient(use, i, dw);
      if (use.isRepeated) kernels.axpy(dw, target, outputs * inputs, 1);
    }
  }

  /** A score or gradient that only f64 takes for 0 is small, not dead. */
  #isDead(i: number): boolean {
    const { one, wiring } = this.#pass;
    return one
      ? one.scores(i).mantissas.every((score) => score === 0) && one.gradientSizes(i).every(({ size }) => size.mantissa === 0)
      : wiring.uses.every((use) => this.#isZero(use, i));
  }

  /** True if the gradient of a sample by the weights of a use is 0 in f64, with no product of factors that might underflow. */
  #isZero(use: WeightUse, i: number): boolean {
    const { kernels, tape, spans, delta, row } = this.#pass;
    const { input, output, operation } = use.node;
    if (kernels.maxAbs(entryOf(delta(output), i * tape.sizes[output]!), tape.sizes[output]!) === 0) return true;
    if (operation.sampleGradient !== "formed") return input !== undefined && kernels.maxAbs(row(input, i), tape.sizes[input]!) === 0;
    const { rows, columns } = tape.blocks[use.block]!;
    this.#pass.sampleWeightGradient(use, i, spans.formed!.ptr);
    return kernels.maxAbs(spans.formed!.ptr, rows * columns) === 0;
  }
}
