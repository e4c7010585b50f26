import type { KernelFactory } from "@steepest/kernels";
import { knownOptions } from "../check/knownKeys.js";
import { requireFunction, requireInteger, requireObject, requireOneOf } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import type { SupervisedData } from "../network/data.js";
import { drawSubset, drawUniform, streams } from "../random/draw.js";

/** Mini-batches: every step sees `size` samples. */
export interface BatchRule {
  readonly size: number;
  /**
   * "cyclic": the samples in their order, again and again. "shuffled": without replacement, in a new order every epoch. In both, the last batch of an
   * epoch holds what is left. "withReplacement": every sample of a batch drawn from all.
   */
  readonly order: "cyclic" | "shuffled" | "withReplacement";
  /** Variance-reduced gradients in place of the batch's own; absent: none. */
  readonly varianceReduced?: VarianceReduction | undefined;
}

/** Variance-reduced gradients (SVRG): the gradient of a batch is corrected by that of all samples at an anchor, an earlier θ. */
export interface VarianceReduction {
  /** Steps from one anchor to the next, >= 1. Default those of an epoch. */
  readonly every?: number | undefined;
}

/** Fresh samples: every step sees samples that are drawn for it; `data` is looked at after every `lookEvery` steps, and at record points. */
export interface FreshBatches {
  /** Samples per step. */
  readonly fresh: number;
  /** The samples of step t, of the kind of `data`: `fresh` of them, a function of t alone. They are read before the next call. */
  readonly samples: (step: number) => SupervisedData;
  /**
   * Steps from one look at `data` to the next, >= 1: at a look the run learns its log risk, whether it is to stop for it, and whether `data` is separated. Default
   * those in which as many samples are seen as `data` has.
   */
  readonly lookEvery?: number | undefined;
}

/** The parts of a batch rule that sizes depend on. */
export type BatchSizes = BatchRule | Pick<FreshBatches, "fresh" | "lookEvery">;

/** True for fresh samples. */
export function isFresh<F extends Pick<FreshBatches, "fresh">>(rule: BatchRule | F): rule is F {
  return "fresh" in rule;
}

/** True if every step sees each sample once. */
export function seesEverySample(rule: BatchRule | FreshBatches | undefined, sampleCount: number): boolean {
  return rule === undefined || (!isFresh(rule) && rule.order !== "withReplacement" && rule.size >= sampleCount);
}

/** Checks a batch rule, and that it can draw its samples. @throws DefinitionError */
export function checkBatch(rule: BatchRule | FreshBatches, sampleCount: number): void {
  if (rule !== null && typeof rule === "object" && isFresh(rule)) {
    refuseAnchor(rule);
    knownOptions("batch", rule, { fresh: ["batch_size", "batchSize", "size"], samples: true, lookEvery: true });
    requireFunction("batch.samples", rule.samples);
  }
  checkBatchSizes(rule, sampleCount);
}

/** Checks the sizes of batches. @throws DefinitionError */
export function checkBatchSizes(rule: BatchSizes, sampleCount: number): void {
  if (rule !== null && typeof rule === "object" && isFresh(rule)) {
    requireInteger("batch.fresh", rule.fresh, 1);
    if (rule.lookEvery !== undefined) requireInteger("batch.lookEvery", rule.lookEvery, 1);
    return;
  }
  const { size, order, varianceReduced } = knownOptions("batch", rule, {
    size: ["batch_size", "batchSize"],
    order: true,
    varianceReduced: true,
  });
  requireInteger("batch.size", size, 1);
  requireOneOf("batch.order", order, ["cyclic", "shuffled", "withReplacement"]);
  if (size > sampleCount) {
    throw DefinitionError.at("batch.size", `must be at most the number of samples, ${sampleCount}, got ${size}`, { value: size });
  }
  if (varianceReduced === undefined) return;
  const { every = 1 } = knownOptions("batch.varianceReduced", requireObject("batch.varianceReduced", varianceReduced), { every: true });
  requireInteger("batch.varianceReduced.every", every, 1);
}

/** @throws DefinitionError  if fresh samples are to be corrected by a gradient of all samples */
function refuseAnchor(rule: object): void {
  if (!("varianceReduced" in rule) || rule.varianceReduced === undefined) return;
  throw DefinitionError.at("batch.varianceReduced", "fresh samples have no gradient of all samples that could correct theirs", {
    value: rule.varianceReduced,
    hint: "use batch: { size, order, varianceReduced }, or leave it out",
  });
}

/** Steps from one anchor of variance-reduced gradients to the next; undefined without them. */
export function anchorPeriod(rule: BatchSizes, sampleCount: number): number | undefined {
  if (isFresh(rule) || !rule.varianceReduced) return undefined;
  return rule.varianceReduced.every ?? stepsPerEpoch(rule, sampleCount);
}

/** Steps per epoch: every sample once, or as many draws or fresh samples as there are samples, unless fresh samples come with a number of steps. */
export function stepsPerEpoch(rule: BatchSizes, sampleCount: number): number {
  return (isFresh(rule) ? rule.lookEvery : undefined) ?? Math.ceil(sampleCount / largestBatch(rule));
}

/** Samples per step; a last batch of an epoch may hold fewer. */
export const largestBatch = (rule: BatchSizes): number => (isFresh(rule) ? rule.fresh : rule.size);

/** The sizes that batches of this rule have. */
export function batchSizes(rule: BatchSizes, sampleCount: number): number[] {
  if (isFresh(rule)) return [rule.fresh];
  const { size, order } = rule;
  const rest = sampleCount % size;
  return order === "withReplacement" || rest === 0 ? [size] : [size, rest];
}

/**
 * Indices of the samples that step t sees, in increasing order, so that a batch of all samples sums like the whole data. A function of rule, seed and step
 * alone.
 */
export function batchAt(rule: BatchRule, sampleCount: number, seed: number, factory: KernelFactory): (step: number) => Int32Array {
  const { size, order } = rule;
  const perEpoch = stepsPerEpoch(rule, sampleCount);
  const all = Array.from({ length: sampleCount }, (_, i) => i);
  let epoch = -1;
  let shuffled = all;
  return (step) => {
    const now = Math.floor(step / perEpoch);
    const first = (step - now * perEpoch) * size;
    if (order === "cyclic") return Int32Array.from(all.slice(first, first + size));
    const stream = streams.batches + now;
    if (now !== epoch) {
      epoch = now;
      shuffled =
        order === "shuffled"
          ? drawSubset(factory, all, { seed, stream, count: sampleCount })
          : [...drawUniform(factory, { seed, stream, count: perEpoch * size })].map((u) => Math.floor(u * sampleCount));
    }
    return Int32Array.from(shuffled.slice(first, first + size)).sort();
  };
}
