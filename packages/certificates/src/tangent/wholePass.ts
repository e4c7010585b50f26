import { initialise, type KinkedSlot, type Network, type Samples } from "@steepest/core";
import { type Arena, ArenaPlan, type Span } from "@steepest/kernels";

/** Bytes of a pass over as many samples as are looked at at once. */
const mostBytes = 2 ** 28;

/** Samples that were passed through the network together; views stand until the next part. */
export interface Part {
  /** The first sample, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** f64[count][outputs]. */
  readonly scores: Float64Array;
  /** Inputs of activations with a kink, f64[count][size] each; undefined where some of them are not known. */
  readonly kinks: readonly KinkedSlot[] | undefined;
  /**
   * Backward from seeds; δ stands where `kinks` and `products` have it.
   *
   * @param seeds  f64[count][outputs], read when it is called
   */
  backward(seeds: Float64Array): void;
  /**
   * out ← <∇<seedsᵢ, f(xᵢ; θ)>, v> of the last backward pass.
   *
   * @param v     f64[p]
   * @param out   f64[count], overwritten
   * @param seen  called with the outputs of every operation with weights at v, f64[count][size], and the values that it had at θ
   */
  products(v: Float64Array, out: Float64Array, seen?: (values: Span, response: Float64Array, size: number) => void): void;
}

const lengthsOf = ({ layout: { totalCount, parameterCount }, outputs, responseSize }: Network, count: number) => ({
  parameters: totalCount,
  direction: parameterCount,
  seeds: count * outputs,
  response: count * responseSize!,
});

function planPart(plan: ArenaPlan, network: Network, inputDim: number, count: number): ArenaPlan {
  plan.spans(lengthsOf(network, count));
  network.plan(plan, { sampleCount: count, inputDim, nonzeroCount: count * inputDim }, "batch");
  return plan;
}

/** The number of samples that are passed together. */
function partOf(network: Network, { inputs, inputDim }: Samples): number {
  const bytesOf = (count: number): number => planPart(new ArenaPlan(), network, inputDim, count).bytes;
  return Math.max(1, Math.min(inputs.length / inputDim, Math.floor(mostBytes / Math.max(bytesOf(2) - bytesOf(1), 1))));
}

/** Forward and backward over all samples at fixed weights, in parts that fit into memory: the products of all gradients with a vector, none of them formed. */
export class WholePass {
  readonly #source: Samples;
  readonly #trainer: ReturnType<Network["batchTrainer"]>;
  readonly #count: number;
  readonly #chunk: number;
  readonly #seeds: Span;
  readonly #direction: Span;
  readonly #response: Span;
  /** The first sample of the part that is loaded. */
  #loaded = -1;
  /** Numbers that a product is a sum of, beside those that gradients are. */
  readonly addends: number;

  /**
   * Adds the memory of a pass to a plan.
   *
   * @param plan     of the arena that the pass will be made on
   * @param network  a network with a `responseSize`
   * @param samples  its samples
   */
  static plan(plan: ArenaPlan, network: Network, samples: Samples): void {
    planPart(plan, network, samples.inputDim, partOf(network, samples));
  }

  /**
   * @param network  a network with a `responseSize`
   * @param source   its samples
   * @param weights  f64[totalCount], blocks in layer order; copied
   * @param arena    with the memory that `plan` asks for
   */
  constructor(network: Network, source: Samples, weights: Float64Array, arena: Arena) {
    const { inputDim } = source;
    this.#source = source;
    this.#count = source.inputs.length / inputDim;
    this.#chunk = partOf(network, source);
    const { parameters, direction, seeds, response } = arena.spans(lengthsOf(network, this.#chunk));
    initialise(arena.kernels, network, parameters, weights, 0);
    this.#trainer = network.batchTrainer(arena, parameters, { inputs: source.inputs.subarray(0, this.#chunk * inputDim), inputDim });
    [this.#seeds, this.#direction, this.#response] = [seeds, direction, response];
    this.addends = network.responseSize! + 8;
  }

  /** All samples, part by part; the last part may hold samples of the one before. */
  *parts(): Generator<Part> {
    const trainer = this.#trainer;
    const count = this.#chunk;
    for (let start = 0; start < this.#count; start += count) {
      const first = Math.min(start, this.#count - count);
      if (first !== this.#loaded) {
        trainer.load(
          this.#source,
          Array.from({ length: count }, (_, i) => first + i),
        );
        trainer.forward();
        this.#loaded = first;
      }
      yield {
        first,
        count,
        scores: trainer.scores.view,
        kinks: trainer.kinks,
        backward: (seeds) => {
          this.#seeds.view.set(seeds);
          trainer.backward(this.#seeds);
        },
        products: (v, out, seen) => this.#products(v, out, seen),
      };
    }
  }

  #products(v: Float64Array, out: Float64Array, seen?: (values: Span, response: Float64Array, size: number) => void): void {
    this.#direction.view.set(v);
    out.fill(0);
    this.#trainer.responses!(this.#direction, this.#response, ({ size, values, delta }) => {
      const [response, own] = [this.#response.view, delta.view];
      for (let i = 0, at = 0; i < this.#chunk; i++) {
        let sum = 0;
        for (const end = at + size; at < end; at++) sum += own[at]! * response[at]!;
        out[i]! += sum;
      }
      seen?.(values, response, size);
    });
  }
}
