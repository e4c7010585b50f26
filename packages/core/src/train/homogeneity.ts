import type { Arena, ArenaPlan, Kernels, Span } from "@steepest/kernels";
import { headOf } from "../head/registry.js";
import { type LabelledScores, type SampleMargins, sampleMarginsOf } from "../head/sampleMargins.js";
import { type SampleShape, type SupervisedData, sampleCountOf } from "../network/data.js";
import type { Network } from "../network/network.js";
import type { Measurement } from "./measurement/registry.js";
import type { Risk } from "./risk.js";

/** A number of every training sample: the largest, and the median, with an even number of samples the mean of the two in the middle. */
export interface SampleSpread {
  readonly max: number;
  readonly median: number;
}

/** Distances of a network from homogeneity, at one θ. */
export interface HomogeneityDefects {
  readonly eulerDefect: SampleSpread;
  readonly quasiEulerDefect: SampleSpread;
}

const unknownSpread: SampleSpread = { max: Number.NaN, median: Number.NaN };
export const unknownDefects: HomogeneityDefects = { eulerDefect: unknownSpread, quasiEulerDefect: unknownSpread };

interface Exponents {
  readonly exponents: readonly number[];
  readonly degree: number;
}

/** Exponents under which the network is expected to be homogeneous, and its degree: as a whole, and block by block. */
function exponentsOf({ layout, degree, isHomogeneous = true, quasiHomogeneity }: Network): {
  readonly whole: Exponents;
  readonly byBlock: Exponents | undefined;
} {
  const whole = { exponents: layout.blocks.map(() => 1), degree };
  return { whole, byBlock: isHomogeneous ? whole : quasiHomogeneity };
}

/** The defects at the θ of `full`, after its backward pass; NaN where scores are not finite or the network does not say its derivatives. */
export function defectsOf(network: Network, full: Risk): HomogeneityDefects {
  const { whole, byBlock } = exponentsOf(network);
  const spread = ({ exponents, degree }: Exponents): SampleSpread => {
    const derivatives = new Float64Array(full.sampleCount);
    full.trainer.scalingDerivatives!(exponents, derivatives);
    return spreadOf(full.seededScores().flatMap((score, i) => relativeDefect(derivatives[i]!, degree * score, score)));
  };
  if (!full.hasFiniteScores || !full.trainer.scalingDerivatives) return unknownDefects;
  return { eulerDefect: spread(whole), quasiEulerDefect: byBlock ? spread(byBlock) : unknownSpread };
}

/** |derivative - expected| / |score|; none for a sample of which all three are 0, which no weight moves. */
function relativeDefect(derivative: number, expected: number, score: number): number[] {
  if (derivative === 0 && score === 0) return [];
  return [Math.abs(derivative - expected) / Math.abs(score)];
}

function spreadOf(values: readonly number[]): SampleSpread {
  if (values.length === 0) return unknownSpread;
  const sorted = Float64Array.from(values).sort(); // NaN last
  const middle = sorted.length / 2;
  return {
    max: sorted.at(-1)!,
    median: Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!,
  };
}

/** Plans the memory of `LimitScores`. */
export function planLimit(plan: ArenaPlan, network: Network, samples: SampleShape, measure: readonly Measurement[]): void {
  if (measure.includes("homogenizedMargin")) network.limit?.().plan(plan, samples, "forward");
}

/**
 * The scores of a network's limit on the training samples, at the weights of the run.
 *
 * @returns undefined where nobody asks, or the network is its own limit
 */
export function limitScores(
  arena: Arena,
  network: Network,
  parameters: Span,
  data: SupervisedData,
  measure: readonly Measurement[],
): LabelledScores | undefined {
  const limit = measure.includes("homogenizedMargin") ? network.limit?.() : undefined;
  return limit && labelledScores(data, limit.scorer(arena, parameters, data));
}

/** The margins of the limit at the weights as they are; NaN where a score is not finite. */
export function limitMargins(kernels: Kernels, limit: LabelledScores): SampleMargins {
  const { scorer, labels } = limit;
  scorer.forward();
  const largest = kernels.maxAbs(scorer.scores.ptr, scorer.scores.length);
  if (!Number.isFinite(largest)) return { values: new Float64Array(labels.length).fill(Number.NaN), exponent: 0 };
  return sampleMarginsOf(limit);
}

/** Data, whose labels are copied, with a scorer on it. */
export function labelledScores(data: SupervisedData, scorer: LabelledScores["scorer"]): LabelledScores {
  const head = headOf(data);
  return { head, scorer, labels: Float64Array.from({ length: sampleCountOf(data) }, (_, i) => head.label(data, i)) };
}
