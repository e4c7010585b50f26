import { initialise, type KinkedSlot, type Network, type Samples, sampleShapeOf } from "@steepest/core";
import type { Arena, ArenaPlan, Span } from "@steepest/kernels";

/** The side of a kink on which the derivative of an activation is taken: `layer` counts those with a kink, `unit` the entries of its input. */
export interface Side {
  readonly layer: number;
  readonly unit: number;
  readonly above: boolean;
}

/** Nearest to 0 that an entry is set to, whose sign alone counts. */
const leastEntry = 2 ** -1000;

const lengthsOf = ({ layout: { totalCount, parameterCount }, outputs }: Network) => ({
  parameters: totalCount,
  gradient: parameterCount,
  seeds: outputs,
  one: 1,
});

const firstOf = ({ inputs, inputDim }: Samples): Samples => ({ inputs: inputs.slice(0, inputDim), inputDim });

/** Forward and backward over one sample at a time, at fixed weights. Views stand until the next call. */
export class SamplePass {
  readonly #trainer: ReturnType<Network["batchTrainer"]>;
  readonly #source: Samples;
  readonly #seeds: Span;
  readonly #one: Span;
  readonly #gradient: Span;
  /** The scores of the sample. */
  readonly scores: Float64Array;
  /** Inputs of activations with a kink; undefined where some of them are not known. */
  readonly kinks: readonly KinkedSlot[] | undefined;

  /**
   * Adds the memory of a pass to a plan.
   *
   * @param plan     of the arena that the pass will be made on
   * @param network  a network
   * @param samples  its samples
   */
  static plan(plan: ArenaPlan, network: Network, samples: Samples): void {
    plan.spans(lengthsOf(network));
    network.plan(plan, { ...sampleShapeOf(firstOf(samples)), nonzeroCount: samples.inputDim }, "batch");
  }

  /**
   * @param network  a network
   * @param source   its samples
   * @param weights  f64[totalCount], blocks in layer order; copied
   * @param arena    with the memory that `plan` asks for
   */
  constructor(network: Network, source: Samples, weights: Float64Array, arena: Arena) {
    const { parameters, gradient, seeds, one } = arena.spans(lengthsOf(network));
    initialise(arena.kernels, network, parameters, weights, 0);
    one.view[0] = 1;
    this.#trainer = network.batchTrainer(arena, parameters, firstOf(source));
    this.#source = source;
    this.#seeds = seeds;
    this.#one = one;
    this.#gradient = gradient;
    this.scores = this.#trainer.scores.view;
    this.kinks = this.#trainer.kinks;
  }

  /** Computes the scores of sample i. */
  show(i: number): void {
    this.#trainer.load(this.#source, [i]);
    this.#trainer.forward();
  }

  /**
   * ∇<seeds, f(x; θ)> of the sample that is shown, f64[p], with the derivative of an activation on the named side of its kink.
   *
   * @param seeds  one number per score
   * @param sides  units that take another side than that of their input; all of them known in `kinks`
   */
  gradient(seeds: ArrayLike<number>, sides: readonly Side[]): Float64Array {
    this.#seeds.view.set(seeds);
    const entries = sides.map(({ layer, unit }) => this.kinks![layer]!.values.view[unit]!);
    for (const [k, { layer, unit, above }] of sides.entries()) {
      const size = Math.max(Math.abs(entries[k]!), leastEntry);
      this.kinks![layer]!.values.view[unit] = above ? size : -size;
    }
    this.#trainer.backward(this.#seeds);
    for (const [k, { layer, unit }] of sides.entries()) this.kinks![layer]!.values.view[unit] = entries[k]!;
    this.#trainer.gradient(this.#one, this.#gradient);
    return this.#gradient.view;
  }
}
