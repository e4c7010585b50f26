import type { Kernels } from "@steepest/kernels";
import { accuracyOf, type LabelledScores, sampleMarginsOf } from "../head/sampleMargins.js";
import { type AlignmentInput, alignment } from "../margin/alignment.js";
import { marginOf } from "../margin/margin.js";
import { supportSamples } from "../margin/supportSamples.js";
import type { BoundNorm } from "../norm/boundNorm.js";
import { timesPowerOfTwo } from "../number/binaryScale.js";
import { seesEverySample } from "./batches.js";
import { healthOf } from "./health.js";
import { defectsOf, limitMargins, unknownDefects } from "./homogeneity.js";
import type { Meters } from "./measurement/meters.js";
import type { TrainOptions } from "./options.js";
import type { ParameterStore } from "./parameterStore.js";
import type { Steering } from "./pilot.js";
import type { TrainPoint } from "./point.js";
import type { Risk } from "./risk.js";
import type { SoftMarginWatch } from "./softMarginWatch.js";
import type { TestScores } from "./testScores.js";

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
  readonly meters: Meters;
  /** The test data, with a scorer on the weights in canonical order, not yet run. */
  readonly test: TestScores | undefined;
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
  const mustGrow =
    isHomogeneous && seesEverySample(options.batch, margins.length) && full.seesMargins && steering.optimizer.expectation.grows === true;
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
    ...testReadings(store, test),
    norm,
    margin,
    softMargin,
    ...(measure.includes("eulerDefect") ? defectsOf(network, full) : unknownDefects),
    homogenizedMargin: measure.includes("homogenizedMargin") ? homogenizedMargins(moment, { norm, margin }) : {},
    measured: moment.meters.read(() => ({
      step: moment.step,
      full,
      margins: sampleMargins,
      smallest,
      norm,
      ...inEveryNorm(moment, norm),
    })),
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

/** Numbers that several measurements ask for in every tracked norm, each computed once. */
function inEveryNorm({ kernels, store, tracked }: Moment, norm: TrainPoint["norm"]) {
  const [dualNorms, alignments] = [new Map<string, number>(), new Map<string, number>()];
  const once = (known: Map<string, number>, compute: (id: string) => number) => (id: string) => {
    const value = known.get(id) ?? compute(id);
    known.set(id, value);
    return value;
  };
  const dualNorm = once(dualNorms, (id) => tracked.get(id)!.dualNorm(store.canonicalGhat()));
  return {
    dualNorm,
    alignment: once(alignments, (id) =>
      alignment({
        kernels,
        theta: store.canonicalTheta(),
        ghat: store.canonicalGhat(),
        normOfTheta: norm[id]!,
        dualNormOfGhat: dualNorm(id),
      }),
    ),
  };
}

/** The share of test samples that the weights as they are put on the right side, and how far their scores are from the targets. */
function testReadings(store: ParameterStore, test: TestScores | undefined): Pick<TrainPoint, "testAccuracy" | "testSquaredError"> {
  if (!test) return { testAccuracy: Number.NaN, testSquaredError: Number.NaN };
  store.canonicalise(); // what the scorer reads
  test.scorer.forward();
  return { testAccuracy: accuracyOf(test.head, sampleMarginsOf(test)), testSquaredError: test.squaredError() };
}

export function alignmentInput(kernels: Kernels, store: ParameterStore, norm: BoundNorm): AlignmentInput {
  const theta = store.canonicalTheta();
  const ghat = store.canonicalGhat();
  return { kernels, theta, ghat, normOfTheta: norm.norm(theta), dualNormOfGhat: norm.dualNorm(ghat) };
}
