import type { Arena, ArenaPlan, KernelFactory, Span } from "@steepest/kernels";
import { outputsOf } from "../head/fit.js";
import type { Loss } from "../loss/loss.js";
import { copyOfData, firstSamples, type SampleShape, type SupervisedData, sampleCountOf } from "../network/data.js";
import type { BatchTrainer, Network } from "../network/network.js";
import { type BatchRule, batchAt, batchSizes, stepsPerEpoch } from "./batches.js";
import type { Compacted } from "./idleInputs.js";
import { Risk, riskSpans } from "./risk.js";

export function planMiniBatches(plan: ArenaPlan, network: Network, { sampleCount, inputDim }: SampleShape, rule: BatchRule): void {
  for (const size of batchSizes(rule, sampleCount)) {
    network.plan(plan, { sampleCount: size, inputDim, nonzeroCount: size * inputDim }, "batch"); // a slot is for any samples
    plan.spans(riskSpans(size, outputsOf(network)));
  }
}

interface Slot {
  readonly risk: Risk;
  readonly trainer: BatchTrainer;
}

/** The mini-batches of a run, in memory of their own: the samples are copied. */
export class MiniBatches {
  readonly #data: SupervisedData;
  readonly #perEpoch: number;
  readonly #slots: ReadonlyMap<number, Slot>;
  readonly #rowsOf: (step: number) => Int32Array;

  constructor(
    arena: Arena,
    { network, data }: Compacted,
    parameters: Span,
    loss: Loss,
    rule: BatchRule,
    seed: number,
    factory: KernelFactory,
  ) {
    const n = sampleCountOf(data);
    this.#data = copyOfData(data);
    this.#perEpoch = stepsPerEpoch(rule, n);
    this.#rowsOf = batchAt(rule, n, seed, factory);
    this.#slots = new Map(
      batchSizes(rule, n).map((size) => {
        const rows = firstSamples(data, size);
        const trainer = network.batchTrainer(arena, parameters, rows);
        return [size, { trainer, risk: new Risk(arena, trainer, loss, rows) }];
      }),
    );
  }

  /** The risk of the samples that step t sees; not yet computed. */
  at(step: number): Risk {
    const rows = this.#rowsOf(step);
    const { trainer, risk } = this.#slots.get(rows.length)!;
    trainer.load(this.#data, rows);
    risk.load(this.#data, rows);
    return risk;
  }

  /** True if the epoch goes on after this many steps. */
  isWithinEpoch(step: number): boolean {
    return step % this.#perEpoch !== 0;
  }
}
