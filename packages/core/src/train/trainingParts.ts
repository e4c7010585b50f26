import { type Arena, ArenaPlan, type Kernels } from "@steepest/kernels";
import type { LabelledScores } from "../head/sampleMargins.js";
import { sampleShapeOf } from "../network/data.js";
import { normShape } from "../network/normShape.js";
import { type BoundNorm, bindNorm } from "../norm/boundNorm.js";
import { Attempt } from "./attempt.js";
import { isFresh, seesEverySample } from "./batches.js";
import { Evaluation } from "./evaluation.js";
import { limitScores } from "./homogeneity.js";
import { leaveOutIdleInputs } from "./idleInputs.js";
import { Meters } from "./measurement/meters.js";
import { MiniBatches } from "./miniBatches.js";
import { checkHost, type TrainHost, type TrainOptions } from "./options.js";
import { ParameterStore } from "./parameterStore.js";
import { optimizersOf, Pilot } from "./pilot.js";
import { planTraining, trackedScratch } from "./planTraining.js";
import { refuseOutOfRange } from "./range.js";
import { Risk } from "./risk.js";
import { type TestScores, testScores } from "./testScores.js";
import { trackedNorms } from "./trackedNorms.js";

/** The parts of a training, bound to one memory. */
export interface TrainingParts {
  readonly kernels: Kernels;
  readonly store: ParameterStore;
  readonly evaluation: Evaluation;
  readonly attempt: Attempt;
  readonly batches: MiniBatches | undefined;
  readonly pilot: Pilot;
  readonly test: TestScores | undefined;
  readonly limit: LabelledScores | undefined;
  /** Tracked norms bound to θ, every phase's own norm included. */
  readonly tracked: ReadonlyMap<string, BoundNorm>;
  readonly meters: Meters;
  readonly separationLogRisk: number;
  /** Refuses data and weights whose scores or gradient no double holds, at the current θ. @throws DefinitionError, DataError */
  checkRange(): void;
}

/**
 * Allocates the memory of a training and binds its parts to it, in the order of `planTraining`.
 *
 * @throws ArenaFullError  if the memory does not fit
 */
export function trainingParts(options: TrainOptions, host: TrainHost): TrainingParts {
  const { network, data, testData, loss, optimizer, step, phases = [], batch, measure = [], seed } = options;
  const optimizers = optimizersOf(optimizer, phases);
  const keepAll =
    (batch !== undefined && isFresh(batch)) || // other samples may use other columns
    optimizers.some(({ ownNorm, needsEveryWeight }) => ownNorm.dependsOnPosition || needsEveryWeight);
  new ArenaPlan().span(network.layout.totalCount).span(network.layout.totalCount).requireAddressable(); // before anything of that size is made
  const compacted = leaveOutIdleInputs(network, data, keepAll);
  const shape = normShape(network.layout);
  const movingShape = normShape(compacted.network.layout);
  const norms = [...trackedNorms(options).values()];
  const arena: Arena = planTraining({
    network,
    compact: { network: compacted.network, samples: sampleShapeOf(compacted.data) },
    testSamples: testData && sampleShapeOf(testData),
    optimizers,
    tracked: norms,
    batch,
    measure,
  }).allocate(checkHost(host));

  const kernels = arena.kernels;
  const store = new ParameterStore(arena, network, compacted);
  const scratch = arena.region(trackedScratch(norms, shape));
  const full = new Risk(arena, compacted.network.trainer(arena, store.used, compacted.data, { overwrites: true }), loss, compacted.data);
  const evaluation = new Evaluation(store, full);
  const batches = batch && new MiniBatches({ arena, compacted, store, evaluation, loss, rule: batch, seed, factory: host.kernels });
  const test = testData && testScores(testData, network.scorer(arena, store.canonical, testData), loss);
  const limit = limitScores(arena, compacted.network, store.used, compacted.data, measure);
  const pilot = new Pilot(arena, store, movingShape, optimizer, step, phases);
  const tracked = new Map(norms.map((norm) => [norm.id, bindNorm(kernels, norm, shape, scratch)]));
  const separationLogRisk = loss.separationLogRisk(kernels);
  const bound = { kernels, store, evaluation, pilot, tracked, separationLogRisk };
  const attempt = new Attempt({ ...bound, loss, degree: network.degree, inBatches: batch !== undefined });
  const seesAll = seesEverySample(batch, full.sampleCount);
  const meters = new Meters({ arena, kernels, network, loss, store, tracked, seesAll, steering: () => pilot.steering }, measure);
  const checkRange = () => refuseOutOfRange({ ...compacted, kernels, weights: store.used, full, ghat: store.ghat });
  return { ...bound, attempt, batches, test, limit, meters, checkRange };
}
