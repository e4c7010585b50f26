import {
  type Carrier,
  DefinitionError,
  drive,
  losses,
  meanReduction,
  type Norm,
  type Phase,
  type SupervisedData,
  Training,
  type TrainOptions,
  type TrainPoint,
  type TrainWarning,
} from "@steepest/core";
import { keepState, putBackState } from "@steepest/core/internal";
import { refuseContradictions } from "./contradictions.js";
import type { DatasetHost, DrawnData } from "./dataset/dataset.js";
import { drawData, type FreshSamples, freshHint, freshRefusal, freshSamples, teacherOf } from "./dataset/registry.js";
import type { BatchDefinition, PhaseDefinition } from "./definition/phase.js";
import { loadModules } from "./module/load.js";
import { moduleNormsIn } from "./module/places.js";
import { endsOfDrawn } from "./network/ends.js";
import { initLaw } from "./network/init.js";
import { buildNetwork } from "./network/registry.js";
import { buildOptimizer } from "./optimizer/registry.js";
import { type BestRatioOracle, bestRatioReadings } from "./probe/bestRatio.js";
import { type LargestMarginOracle, largestMarginReadings } from "./probe/largestMargin.js";
import { linearCompanion } from "./probe/linearCompanion.js";
import type { MeasuredPoint } from "./probe/measuredPoint.js";
import { measurementsOf, normOfProbe, probeOf } from "./probe/probe.js";
import { teacherRisk } from "./probe/teacherRisk.js";
import { certifiedBelow } from "./record/certifiedRows.js";
import type { RunDefinition } from "./record/definition.js";
import type { RunEnd } from "./record/end.js";
import { type Row, readRow } from "./record/row.js";
import type { Rest, RunState } from "./runState.js";
import { buildStepRule } from "./step/registry.js";
import { initialWeights } from "./weights/initialWeights.js";

function buildPhase({ when, optimizer, step }: PhaseDefinition): Phase {
  return { when, ...(optimizer && { optimizer: buildOptimizer(optimizer) }), ...(step && { step: buildStepRule(step) }) };
}

/** Parts of a run that neither its definition nor its samples hold. */
export interface RunSources {
  /** Makes fresh samples, so many per step; only for a run that sees them. */
  readonly fresh?: ((count: number) => FreshSamples | undefined) | undefined;
  /** f64[totalCount], from `initialWeights`: where a run starts whose definition takes its initial weights from a file. */
  readonly weights?: Float64Array | undefined;
}

/**
 * The options with which core trains a run on its drawn data.
 *
 * @param run      the definition of the run
 * @param train    its training samples
 * @param test     its test samples; used only if a probe of the run needs them
 * @param sources  fresh samples and initial weights, for a run that needs them
 * @returns options for `Training`
 * @throws DefinitionError  if the run sees fresh samples, or starts at weights of a file, and there are none
 */
export function trainOptions(
  run: RunDefinition,
  train: SupervisedData,
  test: SupervisedData | undefined,
  { fresh, weights }: RunSources = {},
): TrainOptions {
  const loss = losses[run.loss.kind];
  const measure = measurementsOf(run.record.probes);
  return {
    network: buildNetwork(run.network, endsOfDrawn(run.dataset, train)),
    data: train,
    ...(test && run.record.probes.some((name) => probeOf(name)?.needsTest) ? { testData: test } : {}),
    loss: run.loss.reduction === "mean" ? meanReduction(loss) : loss,
    optimizer: buildOptimizer(run.arm.optimizer),
    step: buildStepRule(run.arm.step),
    phases: (run.arm.phases ?? []).map(buildPhase),
    ...(run.arm.batch && { batch: batchOf(run, run.arm.batch, fresh) }),
    init: weights ?? initLaw(run.network.init),
    seed: run.seed,
    stop: run.stop,
    track: trackedIn(run),
    watchSoftMargin: run.record.probes.includes("worstSoftMarginDrop"),
    ...(measure.length > 0 && { measure }),
  };
}

/** The norms that probes of a run name, and those that it records besides. */
function trackedIn(run: RunDefinition): Norm[] {
  const modules = moduleNormsIn(run);
  return run.record.probes.flatMap((name) => normOfProbe(name, modules) ?? []);
}

function batchOf(
  { dataset }: RunDefinition,
  batch: BatchDefinition,
  fresh: ((count: number) => FreshSamples | undefined) | undefined,
): NonNullable<TrainOptions["batch"]> {
  if (!("fresh" in batch)) return batch;
  const samples = fresh?.(batch.fresh);
  if (samples) return { ...batch, samples };
  throw DefinitionError.at("arm.batch.fresh", freshRefusal(dataset), { value: batch.fresh, hint: freshHint });
}

/** The host of a run: kernels and files, and the oracles of largest margins and of best multipliers where the program has them. */
export interface RunHost extends DatasetHost {
  readonly largestMargin?: LargestMarginOracle;
  readonly bestRatio?: BestRatioOracle;
}

/** Adds to a point what the probes of a run need beside it. @param from  a state of the run */
async function measuring({ dataset, seed, loss, record }: RunDefinition, options: TrainOptions, host: RunHost, from: RunState | undefined) {
  const { kernels } = host;
  const needed = record.probes.map(probeOf);
  const teacher = needed.some((probe) => probe?.needsTeacher) ? teacherOf(dataset) : undefined;
  const risk = teacher && teacherRisk({ teacher: teacher(seed, kernels), data: options.data, loss: losses[loss.kind], kernels });
  const companion = needed.some((probe) => probe?.needsCompanion) ? linearCompanion(options, host, from?.companion) : undefined;
  const largest = await largestMarginReadings(record.probes, options, host.largestMargin);
  const certificate = bestRatioReadings(record.probes, options, host.bestRatio);
  const isCertified = certifiedBelow(record.certifyBelow);
  const read = async (point: TrainPoint, training: Training): Promise<MeasuredPoint> => ({
    ...point,
    ...(risk && { teacher: risk(training.parameters(), point.logRisk) }),
    ...(companion && { companion: companion.read(training) }),
    ...(largest && { largest: largest(training.parameters(), point.margin) }),
    ...(certificate && isCertified(point.logRisk) && { certified: await certificate(training, point) }),
  });
  const carry = (carrier: Carrier): void => isCertified.carry(carrier.at("certified"));
  if (from) putBackState("from.measured", from.measured, carry);
  return { read, state: () => ({ measured: keepState(carry), ...(companion && { companion: companion.state() }) }) };
}

/** An event of a run under way. A row is final; progress is for those that wait. */
export type RunEvent =
  /** `weights` gives a copy of every weight of the row, as `Training.parameters`, until the next event is asked for. */
  | { readonly kind: "row"; readonly row: Row; readonly point: TrainPoint; readonly weights: () => Float64Array }
  | { readonly kind: "progress"; readonly step: number; readonly logRisk: number }
  | TrainWarning;

/** Listeners to a run under way, and where it begins. */
export interface ExecuteOptions {
  /** Sees the training at its end, whose weights no row holds. */
  readonly atEnd?: ((training: Training) => void) | undefined;
  /** A state of this run, or of one that is its beginning: rows up to there are not made again. Absent: from the start. */
  readonly from?: RunState | undefined;
  /** Called before every step, once all rows so far were taken, and at an end by the stop rule. */
  readonly atRest?: ((rest: Rest) => void) | undefined;
}

/**
 * Draws the data and pulls one run to its end.
 *
 * @param run      the definition of the run
 * @param host     provides kernels and files, and oracles for probes that need them
 * @param drawn    the data of `run.dataset` under `run.seed`, where they have been drawn already
 * @param options  a state to go on from, and listeners
 * @returns a generator of rows, progress and warnings, whose return value is the end of the run
 * @throws DefinitionError, DimensionError, DataError, ArenaFullError  if the definition describes something that cannot be trained
 */
export async function* execute(
  run: RunDefinition,
  host: RunHost,
  drawn?: DrawnData,
  { atEnd, from, atRest }: ExecuteOptions = {},
): AsyncGenerator<RunEvent, RunEnd> {
  await loadModules(run, host.files);
  const { train, test } = drawn ?? (await drawData(run.dataset, run.seed, host));
  refuseContradictions(run, train);
  const fresh = (count: number): FreshSamples | undefined => freshSamples(run.dataset, run.seed, count, host);
  const weights = await initialWeights(run.network, buildNetwork(run.network, endsOfDrawn(run.dataset, train)), host.files);
  const options = trainOptions(run, train, test, { fresh, weights });
  const training = new Training(options, host, from?.training);
  const { pointsPerDecade, at = [], probes: names } = run.record;
  const measured = await measuring(run, options, host, from);
  const told = structuredClone(from?.told) ?? { lastPoint: -1, warnings: [] };
  const warnings: TrainWarning[] = [...(from?.warnings ?? [])];
  const rest: Rest = {
    get isEnd() {
      return training.outcome !== undefined;
    },
    state: () => structuredClone({ step: training.step, training: training.state(), ...measured.state(), told, warnings }),
  };
  const events = drive(training, { perDecade: pointsPerDecade, at }, host, undefined, { told, atRest: atRest && (() => atRest(rest)) });
  for (;;) {
    const next = events.next();
    if (next.done) {
      atEnd?.(training);
      const { perfectAccuracyStep, separationStep } = training;
      return { outcome: next.value, perfectAccuracyStep, separationStep, warnings };
    }
    const event = next.value;
    if (event.kind === "warning") warnings.push(event);
    yield event.kind === "point"
      ? {
          kind: "row",
          row: readRow(await measured.read(event.point, training), names),
          point: event.point,
          weights: () => training.parameters(),
        }
      : event;
  }
}
