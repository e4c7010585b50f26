import { innerProduct } from "../arithmetic/innerProduct.js";
import { breathing } from "../solver/smallestCombination.js";
import { solverOf } from "../solver/solvers.js";
import type { Side } from "../tangent/samplePass.js";
import type { TangentProblem } from "../tangent/tangentProblem.js";
import { firstPairs } from "./firstPairs.js";
import type { KinkedRow } from "./kinkedPoint.js";
import { KinkedRows } from "./kinkedRows.js";
import type { LeastProducts } from "./leastProducts.js";
import type { CompletedProblem, Proposal, SearchOptions } from "./proposal.js";

/** Pairs that are taken in at once. */
const mostAdded = 96;
const mostRounds = 100;
/** Rounds without a nearer bound after which the search ends. */
const patience = 4;
/** Idle pairs whose products are larger than the least by this share are given up. */
const farShare = 0.05;
/** Relative difference of a gradient from δ ⊗ x that rounding explains. */
const same = 1e-12;

/**
 * Multipliers and a direction in ℓ2 where all kinks are of one layer that is a product with the samples: every unit at its kink is a number of its own, not a choice
 * of sides, of which there are more than can be listed. Pairs are taken in as the direction violates them.
 *
 * @param completedProblem  the linearised problem in a norm
 * @param products          its least products, with the kinks that are looked at
 * @param options           start and limits
 * @returns undefined where the norm is another, or the kinks are none or of another kind
 */
export async function completedInEuclidean(
  { problem, norm }: CompletedProblem,
  products: LeastProducts,
  options: Pick<SearchOptions, "sampleWeights" | "tolerance" | "rounds" | "signal">,
): Promise<Proposal | undefined> {
  const layer = products.kinkedLayer();
  const diagonal = norm.norm.euclideanDiagonal?.({ length: norm.size, blocks: norm.blocks });
  if (layer === undefined || !diagonal?.every((value) => value === 1)) return undefined;
  const finest = options.tolerance ?? solverOf(norm).tolerance;
  const breathe = breathing(options.signal);
  const kinked = new Kinked(problem, products, layer);
  if (!kinked.add([...firstPairs(problem, options.sampleWeights, mostAdded)])) return undefined;
  let best: { direction: Float64Array; lower: number } = { direction: new Float64Array(problem.size), lower: 0 };
  let [idle, smallest] = [0, Infinity];
  for (let round = 0; ; round++) {
    await breathe();
    kinked.rows.solve();
    const direction = kinked.combination();
    const upper = Math.sqrt(innerProduct(direction, 0, direction, 0, direction.length));
    if (!(upper > 0)) return undefined; // 0 is among the combinations, or what rounding takes for it
    const all = products.of(direction);
    const lower = all.values.reduce((least, value) => Math.min(least, value), Infinity) / upper;
    const gapBefore = smallest - best.lower;
    if (lower > best.lower) best = { direction, lower };
    smallest = Math.min(smallest, upper);
    idle = upper - best.lower < gapBefore ? 0 : idle + 1;
    const isEnough = upper - best.lower <= finest * upper || idle >= patience;
    const order = isEnough ? [] : [...all.values.keys()].filter((k) => !kinked.has(k) && all.values[k]! < upper * upper * (1 - finest / 4));
    order.sort((a, b) => all.values[a]! - all.values[b]! || a - b);
    if (order.length === 0 || round === (options.rounds ?? mostRounds)) {
      return { direction: best.lower > 0 ? best.direction : direction, value: upper, choices: kinked.choices() };
    }
    kinked.giveUp((k) => all.values[k]! > upper * upper * (1 + farShare));
    kinked.add(order.slice(0, mostAdded), (k) => all.choice(k).sides);
  }
}

/** The pairs of a search, as rows with kinks. */
class Kinked {
  readonly rows: KinkedRows;
  readonly #problem: TangentProblem;
  readonly #products: LeastProducts;
  readonly #layer: number;
  readonly #block: { readonly offset: number; readonly length: number };
  #pairs: number[] = [];

  constructor(problem: TangentProblem, products: LeastProducts, layer: number) {
    const { inputDim } = problem.point.data;
    [this.#problem, this.#products, this.#layer] = [problem, products, layer];
    const { offset } = problem.rowOf({ layer, unit: 0 })!;
    const units = problem.unitsOf(layer);
    this.#block = { offset, length: units * inputDim };
    this.rows = new KinkedRows(units);
  }

  has(k: number): boolean {
    return this.#pairs.includes(k);
  }

  /** Adds pairs on some sides, by default as they are computed; false where a gradient is not of that form. */
  add(pairs: readonly number[], sidesOf?: (k: number) => readonly Side[]): boolean {
    const { inputs, inputDim } = this.#problem.point.data;
    const deltas = this.#products.deltas(pairs, this.#layer);
    const added: (KinkedRow & { shares: Float64Array })[] = [];
    for (const [i, k] of pairs.entries()) {
      const pair = this.#problem.pairs[k]!;
      const x = inputs.subarray(pair.sample * inputDim, (pair.sample + 1) * inputDim);
      const gradient = this.#problem.gradient(pair, []);
      const flips = this.#products.flips(k)!;
      const sides = sidesOf?.(k);
      const rest = this.#restOf(gradient, deltas[i]!, x);
      if (!rest) return false;
      added.push({
        x,
        delta: deltas[i]!,
        rest,
        units: flips.map(({ side }) => side.unit),
        changes: flips.map(({ change }) => change),
        shares: Float64Array.from(flips, ({ side }, e) => (sides && sides[e]!.above !== side.above ? 1 : 0)),
      });
    }
    this.rows.add(added);
    this.#pairs.push(...pairs);
    return true;
  }

  /** The gradient outside of the block, where it is δ ⊗ x within. */
  #restOf(gradient: Float64Array, delta: Float64Array, x: Float64Array): Float64Array | undefined {
    const { offset, length } = this.#block;
    const most = gradient.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    for (let u = 0, at = offset; u < delta.length; u++) {
      for (let j = 0; j < x.length; j++, at++) if (!(Math.abs(gradient[at]! - delta[u]! * x[j]!) <= same * most)) return undefined;
    }
    const rest = new Float64Array(gradient.length - length);
    rest.set(gradient.subarray(0, offset));
    rest.set(gradient.subarray(offset + length), offset);
    return rest;
  }

  giveUp(isFar: (k: number) => boolean): void {
    const { lambda } = this.rows.mixture;
    const isKept = this.#pairs.map((k, i) => lambda[i]! > 0 || !isFar(k));
    this.rows.keepOnly((i) => isKept[i]!);
    this.#pairs = this.#pairs.filter((_, i) => isKept[i]);
  }

  /** Σ λₖ gₖ, f64[p]. */
  combination(): Float64Array {
    const { offset, length } = this.#block;
    const out = new Float64Array(this.#problem.size);
    const { lambda } = this.rows.mixture;
    for (const [i, { x, rest }] of this.rows.rows.entries()) {
      const weight = lambda[i]!;
      if (weight === 0) continue;
      for (let j = 0; j < rest.length; j++) out[j < offset ? j : j + length]! += weight * rest[j]!;
      for (const [u, factor] of this.rows.coefficients(i).entries()) {
        if (factor === 0) continue;
        for (let j = 0, at = offset + u * x.length; j < x.length; j++, at++) out[at]! += factor * x[j]!;
      }
    }
    return out;
  }

  choices(): Proposal["choices"] {
    const { lambda, shares } = this.rows.mixture;
    return this.#pairs.flatMap((k, i) => {
      if (!(lambda[i]! > 0)) return [];
      const sides = this.#products.flips(k)!.map(({ side }) => side);
      return [{ pair: this.#problem.pairs[k]!, sides, shares: shares[i]!, multiplier: lambda[i]! }];
    });
  }
}
