import { initialise, type KinkedSlot, type Network, type Samples, sampleShapeOf } from "@steepest/core";
import { ArenaPlan, type KernelFactory, type Span } from "@steepest/kernels";

/** The side of a kink on which the derivative of an activation is taken: `layer` counts those with a kink, `unit` the entries of its input. */
export interface Side {
  readonly layer: number;
  readonly unit: number;
  readonly above: boolean;
}

/** Nearest to 0 that an entry is set to, whose sign alone counts. */
const leastEntry = 2 ** -1000;

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
   * @param network  a network
   * @param source   its samples
   * @param weights  f64[totalCount], blocks in layer order; copied
   * @param factory  makes the kernels of the memory
   * @throws ArenaFullError  if the memory does not fit
   */
  constructor(network: Network, source: Samples, weights: Float64Array, factory: KernelFactory) {
    const { totalCount, parameterCount } = network.layout;
    const first = { inputs: source.inputs.slice(0, source.inputDim), inputDim: source.inputDim };
    const lengths = { parameters: totalCount, gradient: parameterCount, seeds: network.outputs, one: 1 };
    const plan = new ArenaPlan().spans(lengths);
    network.plan(plan, { ...sampleShapeOf(first), nonzeroCount: source.inputDim }, "batch");
    const arena = plan.allocate(factory);
    const { parameters, gradient, seeds, one } = arena.spans(lengths);
    initialise(arena.kernels, network, parameters, weights, 0);
    one.view[0] = 1;
    this.#trainer = network.batchTrainer(arena, parameters, first);
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
