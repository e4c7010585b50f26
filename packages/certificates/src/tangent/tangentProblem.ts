import type { LabelledData, Network } from "@steepest/core";
import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import { type NearKinks, nearKinks } from "./nearKinks.js";
import { type Pair, pairsOf, seedsOf } from "./pair.js";
import { SamplePass, type Side } from "./samplePass.js";
import { WholePass } from "./wholePass.js";

/** A network at weights, with the samples whose margins are looked at. */
export interface NetworkPoint {
  readonly network: Network;
  readonly data: LabelledData;
  /** f64[totalCount]: every weight, blocks in layer order, as `Run.parameters` gives them. */
  readonly weights: Float64Array;
}

/** A number and a bound of its distance from what exact arithmetic gives. */
export interface Approximation {
  readonly value: number;
  readonly error: number;
}

/** A unit of a sample that is at its kink: |h| <= tolerance M(h), M the sum of the absolute values of the products that make up h. */
export type Kink = Omit<Side, "above">;

const unit = 2 ** -53;
/** Underflow in an entry, at most: products of numbers near 1 lose less. */
const underflow = 2 ** -1000;
/** Relative error of a gradient where no bound of it is known. */
const estimatedError = 2 ** -40;

/**
 * The margin problem linearised at θ: its rows are the gradients of the pairs' margins, formed one at a time.
 *
 *   |computed - exact| <= γ_k |f|(|θ|, |x|), k the roundings of the network
 */
export class TangentProblem {
  readonly point: NetworkPoint;
  readonly pairs: readonly Pair[];
  /** p. */
  readonly size: number;
  /** false: the network has no bound of its rounding errors, which are then taken for 2^-40 of the largest entry. */
  readonly isRigorous: boolean;
  /** Relative error of the sums that gradients are made of. */
  readonly gamma: number;
  readonly margins: readonly Approximation[];
  readonly #pass: SamplePass;
  /** The pass of the network at |θ| and |x|. */
  readonly #majorant: SamplePass;
  #shown = -1;
  #shownMajorant = -1;
  /** Both passes over all samples at once; undefined where the network does not know how its operations respond to directions. */
  readonly whole: { readonly pass: WholePass; readonly majorant: WholePass } | undefined;
  #near: NearKinks | undefined;

  /**
   * @param point    a homogeneous network with its weights and samples
   * @param factory  makes the kernels of the memory
   */
  constructor(point: NetworkPoint, factory: KernelFactory) {
    const { network, data, weights } = point;
    const k = (network.roundings ?? 0) + 4;
    this.point = point;
    this.pairs = pairsOf(data);
    this.size = network.layout.parameterCount;
    this.isRigorous = network.roundings !== undefined;
    this.gamma = this.isRigorous ? (k * unit) / (1 - k * unit) : estimatedError;
    const kinds = network.responseSize === undefined ? [SamplePass] : [SamplePass, WholePass];
    const plan = new ArenaPlan();
    for (const kind of kinds) for (let twice = 0; twice < 2; twice++) kind.plan(plan, network, data);
    const arena = plan.allocate(factory); // one memory: browsers give few to a page
    this.#pass = new SamplePass(network, data, weights, arena);
    const sizes = { ...data, inputs: data.inputs.map(Math.abs) };
    const absolute = weights.map(Math.abs);
    this.#majorant = new SamplePass(network, sizes, absolute, arena);
    if (kinds.includes(WholePass)) {
      this.whole = { pass: new WholePass(network, data, weights, arena), majorant: new WholePass(network, sizes, absolute, arena) };
    }
    this.margins = this.whole ? this.#allMargins(this.whole) : this.pairs.map((pair) => this.#margin(pair));
  }

  #show(sample: number): void {
    if (sample === this.#shown) return;
    this.#pass.show(sample);
    this.#shown = sample;
  }

  #showMajorant(sample: number): void {
    if (sample === this.#shownMajorant) return;
    this.#majorant.show(sample);
    this.#shownMajorant = sample;
  }

  #allMargins({ pass, majorant }: NonNullable<TangentProblem["whole"]>): Approximation[] {
    const { outputs } = this.point.network;
    const [scores, sizes] = [pass, majorant].map((one) => {
      const all = new Float64Array(this.point.data.labels.length * outputs);
      for (const part of one.parts()) all.set(part.scores, part.first * outputs);
      return all;
    }) as [Float64Array, Float64Array];
    const rowOf = (values: Float64Array, i: number): Float64Array => values.subarray(i * outputs, (i + 1) * outputs);
    return this.pairs.map((pair) => this.#approximation(pair, rowOf(scores, pair.sample), rowOf(sizes, pair.sample)));
  }

  #margin(pair: Pair): Approximation {
    this.#show(pair.sample);
    this.#showMajorant(pair.sample);
    return this.#approximation(pair, this.#pass.scores, this.#majorant.scores);
  }

  #approximation(pair: Pair, scores: Float64Array, sizes: Float64Array): Approximation {
    let [value, total] = [0, 0];
    for (const [j, seed] of seedsOf(this.point.data, pair).entries()) {
      if (seed === 0) continue;
      value += seed * scores[j]!;
      total += sizes[j]!;
    }
    return { value, error: this.gamma * total + underflow };
  }

  /** The units of all samples at their kinks, with the sides on which they are computed; undefined where they are not looked for together. */
  near(tolerance: number): NearKinks | undefined {
    if (!this.whole || !this.#pass.kinks) return undefined;
    if (!(this.#near && tolerance <= this.#near.tolerance)) this.#near = nearKinks(this.whole, this.point.data.labels.length, tolerance);
    return this.#near;
  }

  /**
   * The units of a sample at their kinks whose side changes its gradients.
   *
   * @param sample     a sample
   * @param tolerance  how near a kink counts, at least the rounding error `gamma`
   */
  kinks(sample: number, tolerance: number): Kink[] {
    const near = this.near(tolerance);
    if (near) return near.of(sample, tolerance);
    this.#show(sample);
    this.#showMajorant(sample);
    return (this.#pass.kinks ?? []).flatMap(({ values, size }, layer) =>
      Array.from({ length: size }, (_, index) => index)
        .filter((index) => Math.abs(values.view[index]!) <= tolerance * this.#majorant.kinks![layer]!.values.view[index]!)
        .map((index) => ({ layer, unit: index })),
    );
  }

  /** True if a sample has a unit so near its kink. */
  hasKinksWithin(tolerance: number): boolean {
    return this.pairs.some(({ sample }) => this.kinks(sample, tolerance).length > 0);
  }

  /** True if all kinks of the network are known. */
  get knowsKinks(): boolean {
    return this.#pass.kinks !== undefined;
  }

  /** The place of row u of the weights on which alone unit u of a layer depends; undefined where there is none. */
  rowOf({ layer, unit: index }: Kink): { readonly offset: number; readonly length: number } | undefined {
    const block = this.#pass.kinks![layer]!.rowsOf;
    if (block === undefined) return undefined;
    const { offset, inputs } = this.point.network.layout.blocks[block]!;
    return { offset: offset + index * inputs, length: inputs };
  }

  /** Units of a layer with a kink. */
  unitsOf(layer: number): number {
    return this.#pass.kinks![layer]!.size;
  }

  /** The side on which a unit of a sample is computed. */
  sideOf(sample: number, { layer, unit: index }: Kink): Side {
    this.#show(sample);
    return { layer, unit: index, above: this.#pass.kinks![layer]!.values.view[index]! > 0 };
  }

  /** The derivatives below and above the kinks of a layer. */
  slopesOf(layer: number): { readonly below: number; readonly above: number } {
    return this.#pass.kinks![layer]!;
  }

  /**
   * The gradient of the margin of a pair.
   *
   * @returns f64[p], until the next call
   */
  gradient(pair: Pair, sides: readonly Side[]): Float64Array {
    this.#show(pair.sample);
    return this.#pass.gradient(seedsOf(this.point.data, pair), sides);
  }

  /**
   * Bounds of the errors of `gradient`, on any sides.
   *
   * @returns f64[p], until the next call
   */
  gradientError(pair: Pair): Float64Array {
    this.#showMajorant(pair.sample);
    const bound = this.#majorant.gradient(seedsOf(this.point.data, pair).map(Math.abs), []);
    if (!this.isRigorous) bound.fill(this.gradient(pair, []).reduce((most, entry) => Math.max(most, Math.abs(entry)), 0));
    for (let j = 0; j < bound.length; j++) bound[j] = this.gamma * bound[j]! + underflow;
    return bound;
  }

  /**
   * The gradient of the margin of a pair where units are between their sides. Each of them must move a row of weights of its own, by a product with the samples.
   *
   * @param pair    one of the pairs
   * @param sides   units
   * @param shares  by unit: how far it is on the way to the other side
   * @returns f64[p], the caller's
   */
  mixedGradient(pair: Pair, sides: readonly Side[], shares: ArrayLike<number>): Float64Array {
    const moved = sides.map((_, i) => i).filter((i) => shares[i] !== 0);
    const mixed = this.gradient(pair, sides).slice();
    if (moved.length === 0) return mixed;
    const other = this.gradient(
      pair,
      sides.map((side) => ({ ...side, above: !side.above })),
    );
    for (const i of moved) {
      const { offset, length } = this.rowOf(sides[i]!)!;
      for (let j = offset; j < offset + length; j++) mixed[j] = (1 - shares[i]!) * mixed[j]! + shares[i]! * other[j]!;
    }
    return mixed;
  }

  /** <gradient of the pair, v>, with a bound of its error. */
  product(pair: Pair, sides: readonly Side[], v: Float64Array): number {
    return dot(this.gradient(pair, sides), v);
  }

  /** A bound of the error of `product`, on any sides. */
  productError(pair: Pair, v: Float64Array): number {
    const bound = this.gradientError(pair);
    let total = 0;
    for (let j = 0; j < v.length; j++) total += bound[j]! * Math.abs(v[j]!);
    return this.#withRoundings(total, v.length + 2);
  }

  /**
   * Bounds of the errors of products with a vector that are taken operation by operation.
   *
   * @param sizes    f64[p], the sizes of its entries
   * @param addends  outputs of an operation, whose products with δ are added after those with the entries of the vector
   * @returns the bound, from the product of the gradient at |θ| and |x| with the sizes
   */
  errorsOfProducts(sizes: Float64Array, addends: number): (majorant: number) => number {
    let length = 0;
    for (const size of sizes) length += size;
    // a unit on its other side is told by a change, so that what it takes and what it gives are both computed
    return (majorant) => 2 * this.#withRoundings(this.gamma * majorant + underflow * length, sizes.length + addends);
  }

  #withRoundings(total: number, count: number): number {
    return total * (1 + (count * unit) / this.gamma) * (1 + 2 ** -20);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let j = 0; j < a.length; j++) total += a[j]! * b[j]!;
  return total;
}
