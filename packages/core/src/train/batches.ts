import type { KernelFactory } from "@steepest/kernels";
import { knownOptions } from "../check/knownKeys.js";
import { requireInteger, requireOneOf } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import { drawSubset, drawUniform, streams } from "../random/draw.js";

/** Mini-batches: every step sees `size` samples. */
export interface BatchRule {
  readonly size: number;
  /**
   * "cyclic": the samples in their order, again and again. "shuffled": without replacement, in a new order every epoch. In both, the last batch of an
   * epoch holds what is left. "withReplacement": every sample of a batch drawn from all.
   */
  readonly order: "cyclic" | "shuffled" | "withReplacement";
}

/** Checks a batch rule. @throws DefinitionError */
export function checkBatch(rule: BatchRule, sampleCount: number): void {
  const { size, order } = knownOptions("batch", rule, { size: ["batch_size", "batchSize"], order: true });
  requireInteger("batch.size", size, 1);
  requireOneOf("batch.order", order, ["cyclic", "shuffled", "withReplacement"]);
  if (size > sampleCount) {
    throw DefinitionError.at("batch.size", `must be at most the number of samples, ${sampleCount}, got ${size}`, { value: size });
  }
}

/** Steps per epoch: every sample once, or as many draws as there are samples. */
export function stepsPerEpoch({ size }: BatchRule, sampleCount: number): number {
  return Math.ceil(sampleCount / size);
}

/** The sizes that batches of this rule have. */
export function batchSizes({ size, order }: BatchRule, sampleCount: number): number[] {
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
