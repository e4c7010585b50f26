import { type KernelFactory, requireFactory } from "@steepest/kernels";
import { type KnownKeys, knownOptions, refuseUnknownKeys } from "../check/knownKeys.js";
import { requireBoolean, requireFinite, requireInteger, requireList, requireObject, requireOneOf, requireText } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { DefinitionError } from "../error/errors.js";
import { checkFit } from "../head/fit.js";
import { headOf } from "../head/registry.js";
import { type Loss, lossPart } from "../loss/loss.js";
import { checkData, type SupervisedData, sampleCountOf } from "../network/data.js";
import { checkInit, type Init } from "../network/init.js";
import { type Network, networkPart } from "../network/network.js";
import { type Norm, normPart } from "../norm/norm.js";
import { type Optimizer, optimizerPart } from "../optimizer/optimizer.js";
import { type StepRule, stepRulePart } from "../step/stepRule.js";
import { type BatchRule, checkBatch, type FreshBatches } from "./batches.js";
import { checkCondition } from "./condition.js";
import { type Measurement, measurements } from "./measurement/registry.js";
import type { Phase } from "./pilot.js";

/** The conditions at which a run ends by itself; without any it goes on until its consumer stops pulling. */
export interface StopRule {
  readonly steps?: number | undefined;
  readonly logRiskBelow?: number | undefined;
}

/** Everything that decides a run. Same options, same bits, on every engine and on either `Kernels`. */
export interface TrainOptions {
  readonly network: Network;
  readonly data: SupervisedData;
  /** Scored at record points only. */
  readonly testData?: SupervisedData;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly step: StepRule;
  /** Other optimisers and step rules later in the run, each from its condition on, in this order. */
  readonly phases?: readonly Phase[];
  /** Mini-batches of the data, or fresh samples at every step; absent: every step sees all samples. */
  readonly batch?: BatchRule | FreshBatches;
  readonly init: Init;
  /** Seed of the initial parameters and of the mini-batches. */
  readonly seed: number;
  readonly stop?: StopRule;
  /** Norms whose margins are reported, besides the optimiser's own; by default every norm of the registry. */
  readonly track?: readonly Norm[];
  /** true: the own soft margin is measured after every step, for `TrainPoint.worstSoftMarginDrop`. Default false. */
  readonly watchSoftMargin?: boolean;
  /**
   * Measurements that every point holds: of networks that are not homogeneous, or along the run, for `TrainPoint.measured`. Each costs passes over the samples
   * or over θ at every point, some a little at every step. Default none.
   */
  readonly measure?: readonly Measurement[];
}

/** The keys of `TrainOptions`, for hosts that refuse all others. */
export const trainOptionKeys: KnownKeys<TrainOptions> = {
  network: true,
  data: true,
  testData: true,
  loss: true,
  optimizer: true,
  step: true,
  phases: true,
  batch: true,
  init: true,
  seed: true,
  stop: true,
  track: true,
  watchSoftMargin: true,
  measure: true,
};

/** The host of a training: it provides the kernels. */
export interface TrainHost {
  readonly kernels: KernelFactory;
}

/**
 * Checks everything that can be checked before memory is taken.
 *
 * @param options  not modified
 * @throws DefinitionError, DimensionError, DataError
 */
export function checkTrainOptions(options: TrainOptions): void {
  const { network, data, testData, optimizer, step, phases = [], batch, init, seed } = knownOptions("train", options, trainOptionKeys);
  const { loss, watchSoftMargin, measure, stop } = options;
  requirePart("network", network, networkPart);
  requirePart("loss", loss, lossPart);
  checkParts(options);
  if (watchSoftMargin !== undefined) requireBoolean("watchSoftMargin", watchSoftMargin);
  if (measure !== undefined) checkMeasure(measure);
  if (stop !== undefined) checkStop(stop);
  checkData("data", data, true);
  if (testData !== undefined) checkData("testData", testData, false);
  checkFit(network, data, testData, loss);
  requireInteger("seed", seed, 0);
  checkPhases(optimizer, step, phases, { inBatches: batch !== undefined, loss });
  checkLossOfTargets(options);
  checkStart(network, init, step);
  if (batch !== undefined) checkBatch(batch, sampleCountOf(data));
}

function checkMeasure(measure: readonly Measurement[]): void {
  for (const [i, one] of requireList("measure", measure, "measurements").entries()) requireOneOf(`measure[${i}]`, one, measurements);
}

function checkStop(rule: StopRule): void {
  const { steps, logRiskBelow } = knownOptions("stop", rule, { steps: true, logRiskBelow: true });
  if (steps !== undefined) requireInteger("stop.steps", steps, 0);
  if (logRiskBelow !== undefined) requireFinite("stop.logRiskBelow", logRiskBelow);
}

/** @throws DefinitionError  if the loss is one of targets, and a part of the run needs what only losses of margins have */
function checkLossOfTargets({ loss, data, step, phases = [], watchSoftMargin }: TrainOptions): void {
  if (loss.sees !== "targets") return;
  if (watchSoftMargin)
    throw DefinitionError.at("watchSoftMargin", `the loss ${loss.id} has no soft margin`, { value: true, hint: "leave it out" });
  checkStepSees(step, loss);
  for (const [i, { step: later, when }] of phases.entries()) {
    if (later) checkStepSees(later, loss, `phases[${i}].step`);
    if (when === "separation" || (when === "perfectAccuracy" && !headOf(data).hasMargins)) {
      throw DefinitionError.at(`phases[${i}].when`, `${when} never comes with the loss ${loss.id}`, {
        value: when,
        hint: "use { step } or { logRiskBelow }",
      });
    }
  }
}

/** Step rules for every optimiser and loss, for hints. */
const sizesOfAnyLoss = "constant, powerLaw, warmUp, cosine or linearDecay";

/**
 * @param path  where the rule stands
 * @throws DefinitionError  if the rule needs margins or an exponential tail, and the loss has none
 */
export function checkStepSees(step: StepRule, loss: Loss, path = "step"): void {
  if (loss.sees !== "targets") return;
  if (step.needsExponentialTail) {
    throw DefinitionError.at(
      `${path}.rule`,
      `${step.id} divides its sizes by the risk, and so they grow without bound as the loss ${loss.id} vanishes, whose gradient falls as its root`,
      { value: step.id, hint: `use ${step.id} with rollback: true, which shortens them, or ${sizesOfAnyLoss} sizes` },
    );
  }
  if (!step.needsMargins) return;
  throw DefinitionError.at(`${path}.rule`, `${step.id} paces steps by margins, which the loss ${loss.id} does not have`, {
    value: step.id,
    hint: `use lineSearch, or ${sizesOfAnyLoss} sizes`,
  });
}

/** @throws DefinitionError  unless it has kernels */
export function checkHost(host: TrainHost): KernelFactory {
  return requireFactory("host.kernels", requireObject("host", host).kernels);
}

/** The optimisers of all phases, and the tracked norms. @throws DefinitionError */
export function checkParts({ optimizer, phases = [], track = [] }: Pick<TrainOptions, "optimizer" | "phases" | "track">): void {
  requirePart("optimizer", optimizer, optimizerPart);
  for (const [i, phase] of requireList("phases", phases, "phases").entries()) {
    const { optimizer: later } = requireObject(`phases[${i}]`, phase);
    if (later !== undefined) requirePart(`phases[${i}].optimizer`, later, optimizerPart);
  }
  for (const [i, norm] of requireList("track", track, "norms").entries()) requirePart(`track[${i}]`, norm, normPart);
}

/**
 * Checks the optimiser and step rule of every phase.
 *
 * @param optimizer    the optimiser at the start
 * @param step         the step rule at the start
 * @param phases       later parts of the run, in order
 * @param surroundings the loss, and whether steps see mini-batches
 * @throws DefinitionError  if a rule does not fit its optimiser, or needs more than mini-batches show
 */
function checkPhases(optimizer: Optimizer, step: StepRule, phases: readonly Phase[], surroundings: StepSurroundings): void {
  requireList("phases", phases, "phases");
  checkParts({ optimizer, phases });
  let [flying, pacing] = [optimizer, step];
  checkStepRule(pacing, flying, surroundings);
  for (const [i, phase] of phases.entries()) {
    refuseUnknownKeys(`phases[${i}]`, phase, { when: true, optimizer: true, step: true });
    checkCondition(`phases[${i}].when`, phase.when);
    if (phase.step === undefined && phase.optimizer === undefined) {
      throw DefinitionError.at(`phases[${i}]`, "must hold an optimizer or a step", { value: phase });
    }
    if (phase.step !== undefined) requirePart(`phases[${i}].step`, phase.step, stepRulePart);
    flying = phase.optimizer ?? flying;
    pacing = phase.step ?? pacing;
    checkStepRule(pacing, flying, { ...surroundings, path: `phases[${i}].step` });
  }
}

/** The surroundings of a step rule, as far as they are known. */
interface StepSurroundings {
  readonly inBatches?: boolean;
  readonly loss?: Loss | undefined;
  /** The place of the rule. Default "step". */
  readonly path?: string;
}

/** @throws DefinitionError  if the rule's sizes have no meaning for the optimiser's steps, or it needs the whole data at every step */
export function checkStepRule(
  step: StepRule,
  optimizer: Optimizer,
  { inBatches = false, loss, path = "step" }: StepSurroundings = {},
): void {
  requirePart(requireText("path", path), step, stepRulePart);
  requirePart("optimizer", optimizer, optimizerPart);
  requireBoolean("inBatches", inBatches);
  if (inBatches && step.needsWholeData) {
    throw DefinitionError.at(`${path}.rule`, `${step.id} judges steps by the risk of all samples, which mini-batches do not see`, {
      value: step.id,
      hint: "remove batch, or use another rule",
    });
  }
  checkDecay(step, optimizer, path);
  if (step.appliesTo === "any" || step.appliesTo === optimizer.lengthUnit) return;
  const wanted = step.appliesTo === "unit" ? "a normalised optimiser" : "unnormalised steepest descent";
  const got = `${optimizer.id}, whose steps ${optimizer.lengthUnit === "unit" ? "do not scale" : "scale"} with the gradient`;
  const hasTail = loss?.sees !== "targets";
  throw DefinitionError.at(`${path}.rule`, `${step.id} is for ${wanted}, got ${got}`, {
    value: step.id,
    hint:
      step.appliesTo === "unit"
        ? `set normalized: true (steepest), or use ${sizesOfAnyLoss} sizes, or lossBased${hasTail ? "" : " with rollback: true"}`
        : `set normalized: false (steepest), or use ${sizesOfAnyLoss} sizes, or ${hasTail ? "marginPaced" : "lineSearch"}`,
  });
}

/** Above it, η λ is more than 1 whatever the rounding of 1 / λ. */
const decaysAll = 1 + 2 ** -52;

function checkDecay({ id, largestSize = 0 }: StepRule, { id: optimizer, decay = 0 }: Optimizer, path: string): void {
  if (!(largestSize * decay > decaysAll)) return;
  throw DefinitionError.at(`${path}.size`, `must be at most ${1 / decay} for ${optimizer}, whose decay is ${decay}, got ${largestSize}`, {
    value: largestSize,
    hint: `a step of ${id} multiplies the weights by 1 - size x decay: below 0 it turns them around, and they leave the ball that decay keeps them in`,
  });
}

/**
 * Checks that the step rule can leave the start.
 *
 * @param network  the network, whose layout says which weights are trained
 * @param init     a law, or the parameters
 * @param step     the step rule at the start
 * @throws DefinitionError  if the rule's steps are shares of ||θ|| and θ starts at 0
 */
export function checkStart(network: Network, init: Init, step: StepRule): void {
  checkInit(network, init);
  const { id, isRelative = false } = requirePart("step", step, stepRulePart);
  const { layout } = network;
  if (!isRelative || !startsAtZero(layout, init)) return;
  throw DefinitionError.at("step.rule", `${id} makes steps relative to ||theta||, which is 0 at the start`, {
    value: id,
    hint: 'start elsewhere (init.scale > 0), or use marginPaced with gradients: "exact"',
  });
}

function startsAtZero({ blocks }: Network["layout"], init: Init): boolean {
  if (!(init instanceof Float64Array)) return init.scale === 0;
  let given = 0;
  return blocks.every(({ inputs, outputs, trainable }) => {
    const own = init.subarray(given, given + inputs * outputs);
    given += own.length;
    return !trainable || own.every((weight) => weight === 0);
  });
}
