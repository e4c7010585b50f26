import type { Arena, ArenaPlan, KernelFactory } from "@steepest/kernels";
import type { Carrier } from "../carry/carrier.js";
import { DataError, DimensionError } from "../error/errors.js";
import { outputsOf } from "../head/fit.js";
import { headOf } from "../head/registry.js";
import type { Loss } from "../loss/loss.js";
import { checkData, copyOfData, firstSamples, type SampleShape, type SupervisedData, sampleCountOf } from "../network/data.js";
import type { BatchTrainer, Network } from "../network/network.js";
import {
  anchorPeriod,
  type BatchRule,
  type BatchSizes,
  batchAt,
  batchSizes,
  type FreshBatches,
  isFresh,
  stepsPerEpoch,
} from "./batches.js";
import type { Evaluation } from "./evaluation.js";
import type { Compacted } from "./idleInputs.js";
import type { ParameterStore } from "./parameterStore.js";
import { Risk, riskSpans } from "./risk.js";
import { type SeenRisk, seenAsItIs } from "./seenRisk.js";
import { VarianceReducer, varianceReductionSpans } from "./varianceReducer.js";

export function planMiniBatches(plan: ArenaPlan, network: Network, { sampleCount, inputDim }: SampleShape, rule: BatchSizes): void {
  for (const size of batchSizes(rule, sampleCount)) {
    network.plan(plan, { sampleCount: size, inputDim, nonzeroCount: size * inputDim }, "batch"); // a slot is for any samples
    plan.spans(riskSpans(size, outputsOf(network)));
  }
  if (anchorPeriod(rule, sampleCount) !== undefined) plan.spans(varianceReductionSpans(network));
}

interface Slot {
  readonly risk: Risk;
  readonly trainer: BatchTrainer;
}

/** The samples of a step: rows of a data set. */
interface DrawnBatch {
  readonly source: SupervisedData;
  readonly rows: Int32Array;
}

export interface MiniBatchParts {
  readonly arena: Arena;
  readonly compacted: Compacted;
  readonly store: ParameterStore;
  readonly evaluation: Evaluation;
  readonly loss: Loss;
  readonly rule: BatchRule | FreshBatches;
  readonly seed: number;
  readonly factory: KernelFactory;
}

/** The mini-batches of a run, in memory of their own: the samples are copied. */
export class MiniBatches {
  readonly #perEpoch: number;
  readonly #store: ParameterStore;
  readonly #evaluation: Evaluation;
  readonly #reducer: VarianceReducer | undefined;
  readonly #slots: ReadonlyMap<number, Slot>;
  readonly #drawn: (step: number) => DrawnBatch;

  constructor({ arena, compacted, store, evaluation, loss, rule, seed, factory }: MiniBatchParts) {
    const { network, data } = compacted;
    const n = sampleCountOf(data);
    this.#store = store;
    this.#evaluation = evaluation;
    this.#perEpoch = stepsPerEpoch(rule, n);
    this.#drawn = isFresh(rule) ? freshBatches(rule, data) : batchesOf(rule, copyOfData(data), seed, factory);
    const filling = isFresh(rule) ? this.#drawn(0).source : data;
    this.#slots = new Map(
      batchSizes(rule, n).map((size) => {
        const rows = firstSamples(filling, size);
        const trainer = network.batchTrainer(arena, store.used, rows, { overwrites: true });
        return [size, { trainer, risk: new Risk(arena, trainer, loss, rows) }];
      }),
    );
    const period = anchorPeriod(rule, n);
    this.#reducer = period === undefined ? undefined : new VarianceReducer(arena, network, store, evaluation, period);
  }

  /** The risk of step t and its gradient, in the store; undefined where a score is not finite. The gradient of all samples is gone. */
  evaluate(step: number): SeenRisk | undefined {
    if (this.#reducer?.prepare(step) === false) return undefined;
    const batch = this.#at(step);
    this.#evaluation.expire();
    if (this.#reducer) return this.#reducer.estimate(batch);
    if (!batch.forward()) return undefined;
    batch.backward(this.#store.ghat);
    return seenAsItIs(batch);
  }

  /** Carries the anchor of variance-reduced gradients: the samples of a step are a function of rule, seed and step. */
  carry(carrier: Carrier): void {
    this.#reducer?.carry(carrier.at("anchor"));
  }

  /** The risk of the samples that step t sees; not yet computed. */
  #at(step: number): Risk {
    const { source, rows } = this.#drawn(step);
    const { trainer, risk } = this.#slots.get(rows.length)!;
    trainer.load(source, rows);
    risk.load(source, rows);
    return risk;
  }

  /** True if the epoch goes on after this many steps. */
  isWithinEpoch(step: number): boolean {
    return step % this.#perEpoch !== 0;
  }
}

function batchesOf(rule: BatchRule, source: SupervisedData, seed: number, factory: KernelFactory): (step: number) => DrawnBatch {
  const rowsOf = batchAt(rule, sampleCountOf(source), seed, factory);
  return (step) => ({ source, rows: rowsOf(step) });
}

/** Fresh samples, checked as they come. @param data  of the kind that they must be */
function freshBatches({ fresh, samples }: FreshBatches, data: SupervisedData): (step: number) => DrawnBatch {
  const rows = Int32Array.from({ length: fresh }, (_, i) => i);
  const head = headOf(data);
  return (step) => {
    const source = samples(step);
    const path = `batch.samples(${step})`;
    checkData(path, source, false);
    const [count, kind] = [sampleCountOf(source), headOf(source)];
    if (count !== fresh) throw DimensionError.at(path, `holds ${count} samples, expected batch.fresh = ${fresh}`, { value: count });
    if (source.inputDim !== data.inputDim) {
      throw DimensionError.at(`${path}.inputDim`, `must be ${data.inputDim} as in data, got ${source.inputDim}`, {
        value: source.inputDim,
      });
    }
    if (kind !== head || kind.outputs(source) !== head.outputs(data)) {
      throw DataError.at(path, `has ${kind.describe(source)}, expected ${head.describe(data)} as data`, { value: kind.outputs(source) });
    }
    return { source, rows };
  };
}
