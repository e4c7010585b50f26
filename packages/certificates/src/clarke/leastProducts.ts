import { seedsOf } from "../tangent/pair.js";
import type { Side } from "../tangent/samplePass.js";
import type { TangentProblem } from "../tangent/tangentProblem.js";
import type { Part, WholePass } from "../tangent/wholePass.js";
import { type LeastChoice, leastChoice } from "./leastChoice.js";

/** The least products of the gradients of all pairs with one vector, over their Clarke completions. */
export interface AllLeast {
  /** By pair. */
  readonly values: Float64Array;
  /** false: another choice of sides may have a smaller product, of some pair. */
  readonly isLeast: boolean;
  /** The choice of a pair, as `leastChoice` gives it. */
  choice(k: number): LeastChoice;
}

/** A unit that can be flipped: its place in its part, and by how much δ of its input changes then. */
interface Flip {
  readonly side: Side;
  readonly change: number;
}

/**
 * `leastChoice` of all pairs together: one product of all samples with a vector, and no gradient formed. It is taken where all kinks of a sample are of one layer
 * and each moves a row of weights of its own; other samples are looked at one by one.
 */
export class LeastProducts {
  readonly #problem: TangentProblem;
  readonly #tolerance: number;
  readonly #places: number;
  /** By sample: its units near their kinks; undefined where they are looked at one by one. */
  readonly #sides: readonly (readonly Side[] | undefined)[];
  /** By pair, in the order of the sides of its sample. */
  readonly #changes: readonly (readonly number[])[];

  /**
   * @param problem    the linearised problem
   * @param tolerance  how near a kink counts
   */
  constructor(problem: TangentProblem, tolerance: number) {
    this.#problem = problem;
    this.#tolerance = tolerance;
    const { labels, classes } = problem.point.data;
    this.#places = (classes ?? 2) - 1;
    const near = problem.near(tolerance);
    this.#sides = Array.from(labels, (_, i) => {
      if (!problem.whole || (problem.knowsKinks && !near)) return undefined;
      const sides = near?.of(i, tolerance) ?? [];
      const isSimple = sides.every((side) => side.layer === sides[0]!.layer && problem.rowOf(side) !== undefined);
      return isSimple ? sides : undefined;
    });
    const changes: number[][] = problem.pairs.map(() => []);
    if (problem.whole && this.#sides.some((sides) => sides && sides.length > 0)) {
      for (const part of problem.whole.pass.parts()) for (let place = 0; place < this.#places; place++) this.#fill(changes, part, place);
    }
    this.#changes = changes;
  }

  /** The changes of δ of the pairs of one place in a part, when units take their other sides. */
  #fill(changes: number[][], part: Part, place: number): void {
    const { first, count } = part;
    const kinks = part.kinks!;
    const each = (visit: (k: number, at: number, slot: (typeof kinks)[number]) => void): void => {
      for (let i = 0; i < count; i++) {
        for (const { layer, unit } of this.#sides[first + i] ?? []) {
          visit((first + i) * this.#places + place, i * kinks[layer]!.size + unit, kinks[layer]!);
        }
      }
    };
    const seeds = this.#seeds(part, place);
    part.backward(seeds);
    for (let i = 0; i < count; i++) changes[(first + i) * this.#places + place] = [];
    each((k, at, { delta }) => changes[k]!.push(delta.view[at]!));
    const kept: number[] = [];
    each((_, at, { values }) => {
      kept.push(values.view[at]!);
      values.view[at] = values.view[at]! > 0 ? -1 : 1; // its sign alone counts
    });
    part.backward(seeds);
    const next = new Map<number, number>();
    let restored = 0;
    each((k, at, { values, delta }) => {
      const index = next.get(k) ?? 0;
      next.set(k, index + 1);
      changes[k]![index] = delta.view[at]! - changes[k]![index]!;
      values.view[at] = kept[restored++]!;
    });
  }

  #seeds({ first, count }: Part, place: number): Float64Array {
    const { point, pairs } = this.#problem;
    const { outputs } = point.network;
    const seeds = new Float64Array(count * outputs);
    for (let i = 0; i < count; i++) seeds.set(seedsOf(point.data, pairs[(first + i) * this.#places + place]!), i * outputs);
    return seeds;
  }

  /**
   * The layer that all kinks are of, where the gradient of every pair is δ ⊗ x there; undefined where there are none, or they are of several layers.
   */
  kinkedLayer(): number | undefined {
    const layers = new Set(this.#sides.map((sides) => (sides === undefined ? -1 : sides[0]?.layer)));
    layers.delete(undefined);
    const [layer] = layers;
    return layers.size === 1 && layer! >= 0 ? layer : undefined;
  }

  /**
   * δ of the inputs of a kinked layer, on the sides on which units are computed.
   *
   * @param pairs  places of pairs
   * @param layer  counts those with a kink
   * @returns f64[units] by pair
   */
  deltas(pairs: readonly number[], layer: number): Float64Array[] {
    const found = new Map<number, Float64Array>();
    for (const part of this.#problem.whole!.pass.parts()) {
      for (let place = 0; place < this.#places; place++) {
        const here = pairs.filter((k) => {
          const sample = Math.floor(k / this.#places);
          return k % this.#places === place && sample >= part.first && sample < part.first + part.count;
        });
        if (here.length === 0) continue;
        part.backward(this.#seeds(part, place));
        const { delta, size } = part.kinks![layer]!;
        for (const k of here) {
          const i = Math.floor(k / this.#places) - part.first;
          found.set(k, delta.view.slice(i * size, (i + 1) * size));
        }
      }
    }
    return pairs.map((k) => found.get(k)!);
  }

  /** The changes of a pair's δ, with the sides that they are of; undefined where its sample is looked at by itself. */
  flips(k: number): readonly Flip[] | undefined {
    return this.#sides[Math.floor(k / this.#places)]?.map((side, e) => ({ side, change: this.#changes[k]![e]! }));
  }

  /**
   * The least products with a vector.
   *
   * @param v       f64[p]
   * @param breathe called between pairs that are looked at one by one
   */
  of(v: Float64Array, breathe: () => void = () => {}): AllLeast {
    const problem = this.#problem;
    const values = new Float64Array(problem.pairs.length);
    const falls: (readonly number[] | undefined)[] = [];
    if (problem.whole) this.#together(problem.whole.pass, v, values, falls);
    const single = new Map<number, LeastChoice>();
    for (const [k, pair] of problem.pairs.entries()) {
      if (this.#sides[pair.sample]) continue;
      breathe();
      single.set(k, leastChoice(problem, pair, v, this.#tolerance));
      values[k] = single.get(k)!.value;
    }
    return {
      values,
      isLeast: problem.knowsKinks && [...single.values()].every(({ isLeast }) => isLeast),
      choice: (k) =>
        single.get(k) ?? {
          value: values[k]!,
          isLeast: problem.knowsKinks,
          sides: this.#sides[problem.pairs[k]!.sample]!.map((side, e) => (falls[k]![e]! < 0 ? { ...side, above: !side.above } : side)),
        },
    };
  }

  #together(pass: WholePass, v: Float64Array, values: Float64Array, falls: (readonly number[] | undefined)[]): void {
    for (const part of pass.parts()) {
      const products = new Float64Array(part.count);
      for (let place = 0; place < this.#places; place++) {
        part.backward(this.#seeds(part, place));
        const pairOf = (i: number): number => (part.first + i) * this.#places + place;
        for (let i = 0; i < part.count; i++) falls[pairOf(i)] = [];
        part.products(v, products, (slot, response, size) => {
          const layer = part.kinks?.findIndex((kink) => kink.values === slot) ?? -1;
          if (layer < 0) return;
          for (let i = 0; i < part.count; i++) {
            const sides = this.#sides[part.first + i];
            if (sides === undefined || sides.length === 0 || sides[0]!.layer !== layer) continue;
            const changes = this.#changes[pairOf(i)]!;
            falls[pairOf(i)] = sides.map(({ unit }, e) => changes[e]! * response[i * size + unit]!);
          }
        });
        for (let i = 0; i < part.count; i++) {
          const k = pairOf(i);
          values[k] = falls[k]!.reduce((sum, fall) => sum + Math.min(fall, 0), products[i]!);
        }
      }
    }
  }
}

/**
 * Bounds of the errors of the products of all pairs' gradients with a vector, on any sides and in any order of summation.
 *
 * @param problem  the linearised problem
 * @param v        f64[p]
 * @returns by pair
 */
export function productErrors(problem: TangentProblem, v: Float64Array): Float64Array {
  const { whole, pairs, point } = problem;
  if (!whole || !problem.isRigorous) return Float64Array.from(pairs, (pair) => problem.productError(pair, v));
  const { outputs } = point.network;
  const places = (point.data.classes ?? 2) - 1;
  const sizes = v.map(Math.abs);
  const errorOf = problem.errorsOfProducts(sizes, whole.majorant.addends);
  const errors = new Float64Array(pairs.length);
  for (const part of whole.majorant.parts()) {
    const products = new Float64Array(part.count);
    for (let place = 0; place < places; place++) {
      const seeds = new Float64Array(part.count * outputs);
      const pairOf = (i: number): number => (part.first + i) * places + place;
      for (let i = 0; i < part.count; i++) seeds.set(seedsOf(point.data, pairs[pairOf(i)]!).map(Math.abs), i * outputs);
      part.backward(seeds);
      part.products(sizes, products);
      for (let i = 0; i < part.count; i++) errors[pairOf(i)] = errorOf(products[i]!);
    }
  }
  return errors;
}
