import type { Kernels } from "@steepest/kernels";
import { accuracyOf, type LabelledScores, sampleMarginsOf } from "../head/sampleMargins.js";
import { type AlignmentInput, alignment } from "../margin/alignment.js";
import { marginOf } from "../margin/margin.js";
import { supportSamples } from "../margin/supportSamples.js";
import type { BoundNorm } from "../norm/boundNorm.js";
import { timesPowerOfTwo } from "../number/binaryScale.js";
import { isFresh } from "./batches.js";
import { healthOf } from "./health.js";
import { defectsOf, limitMargins, unknownDefects } from "./homogeneity.js";
import type { TrainOptions } from "./options.js";
import type { ParameterStore } from "./parameterStore.js";
import type { Steering } from "./pilot.js";
import type { TrainPoint } from "./point.js";
import type { Risk } from "./risk.js";
import type { SoftMarginWatch } from "./softMarginWatch.js";

const supportTolerance = 0.01;

/** A run at one moment; `full` and the gradient in `store` belong to the current θ. */
interface Moment extends Pick<TrainPoint, "step" | "perfectAccuracyStep" | "separationStep" | "worstSoftMarginDrop"> {
  readonly options: TrainOptions;
  readonly kernels: Kernels;
  readonly store: ParameterStore;
  readonly full: Risk;
  readonly tracked: ReadonlyMap<string, BoundNorm>;
  readonly steering: Steering;
  readonly lastLength: number;
  readonly softMarginWatch: SoftMarginWatch;
  /** The test data, with a scorer on the weights in canonical order, not yet run. */
  readonly test: LabelledScores | undefined;
  /** The training data with a scorer of the network's limit, not yet run. */
  readonly limit: LabelledScores | undefined;
}

export function pointOf(moment: Moment): TrainPoint {
  const { options, kernels, store, full, tracked, steering, lastLength, test } = moment;
  const { network, measure = [] } = options;
  const { degree, isHomogeneous = true } = network;
  const { logRisk, head } = full;
  const sampleMargins = full.sampleMargins();
  const { values: margins, exponent } = sampleMargins;
  const smallest = margins.reduce((least, q) => Math.min(least, q), Infinity);
  const own = tracked.get(steering.optimizer.ownNorm.id)!;
  const numerator = options.loss.softMarginNumerator(kernels, logRisk);
  const seesAll = options.batch === undefined || (!isFresh(options.batch) && options.batch.size >= margins.length);
  const mustGrow = isHomogeneous && seesAll && full.seesMargins && steering.optimizer.expectation.grows === true;
  const norm: Record<string, number> = {};
  const margin: Record<string, number> = {};
  const softMargin: Record<string, number> = {};
  const theta = store.canonicalTheta();
  for (const [id, one] of tracked) {
    const value = one.norm(theta);
    norm[id] = value;
    margin[id] = marginOf(kernels, full.hasFiniteScores ? smallest : Number.NaN, value, degree, exponent);
    softMargin[id] = marginOf(kernels, numerator, value, degree);
  }
  return {
    step: moment.step,
    logRisk,
    minMargin: exponent === 0 ? full.minMargin : timesPowerOfTwo(smallest, exponent),
    trainAccuracy: accuracyOf(head, sampleMargins),
    testAccuracy: test ? accuracy(store, test) : Number.NaN,
    norm,
    margin,
    softMargin,
    ...(measure.includes("eulerDefect") ? defectsOf(network, full) : unknownDefects),
    homogenizedMargin: measure.includes("homogenizedMargin") ? homogenizedMargins(moment, { norm, margin }) : {},
    ownNorm: own.id,
    alignment: alignment(alignmentInput(kernels, store, own)),
    supportCount: supportSamples(margins, supportTolerance).length,
    worstSoftMarginDrop: moment.worstSoftMarginDrop,
    health: {
      ...healthOf(kernels, store, full, steering, steering.optimizer.movesAlongDirection === false ? Number.NaN : lastLength),
      softMarginFall: mustGrow ? moment.softMarginWatch.point(logRisk, softMargin[own.id]!) : Number.NaN,
    },
    optimizer: steering.bound.readings?.() ?? {},
    perfectAccuracyStep: moment.perfectAccuracyStep,
    separationStep: moment.separationStep,
  };
}

/** The margins of the limit by norm id. */
function homogenizedMargins(
  { kernels, options, limit }: Moment,
  { norm, margin }: Pick<TrainPoint, "norm" | "margin">,
): Readonly<Record<string, number>> {
  if (!limit) return margin;
  const { values, exponent } = limitMargins(kernels, limit);
  const smallest = values.reduce((least, q) => Math.min(least, q), Infinity);
  const { degree } = options.network;
  return Object.fromEntries(Object.entries(norm).map(([id, value]) => [id, marginOf(kernels, smallest, value, degree, exponent)]));
}

/** The share of test samples that the weights as they are put on the right side. */
function accuracy(store: ParameterStore, test: LabelledScores): number {
  testScores(store, test);
  return accuracyOf(test.head, sampleMarginsOf(test));
}

/** The scores of the test data at the weights as they are. @returns a view of kernel memory, valid until the next pass */
export function testScores(store: ParameterStore, { scorer }: LabelledScores): Float64Array {
  store.canonicalise(); // what the scorer reads
  scorer.forward();
  return scorer.scores.view;
}

export function alignmentInput(kernels: Kernels, store: ParameterStore, norm: BoundNorm): AlignmentInput {
  const theta = store.canonicalTheta();
  const ghat = store.canonicalGhat();
  return { kernels, theta, ghat, normOfTheta: norm.norm(theta), dualNormOfGhat: norm.dualNorm(ghat) };
}
