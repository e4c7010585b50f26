import type { Pair } from "../tangent/pair.js";
import type { Side } from "../tangent/samplePass.js";
import type { TangentProblem } from "../tangent/tangentProblem.js";

/** The sides of a pair's kinks on which its gradient has the least product with a vector. */
export interface LeastChoice {
  readonly sides: readonly Side[];
  readonly value: number;
  /** false: another choice of sides may have a smaller product. */
  readonly isLeast: boolean;
}

/**
 * The least <g, v> over the Clarke completion of a pair's gradient: the derivative of every activation at its kink is any number between those on both sides.
 *
 * Where all kinks are of one layer, g is affine in these numbers, and the least product takes every unit's better side. Where they are of several, units change
 * sides one at a time while that lowers the product.
 *
 * @param problem    the linearised problem
 * @param pair       one of its pairs
 * @param v          f64[p]
 * @param tolerance  how near a kink counts
 */
export function leastChoice(problem: TangentProblem, pair: Pair, v: Float64Array, tolerance: number): LeastChoice {
  const computed = problem.kinks(pair.sample, tolerance).map((kink) => problem.sideOf(pair.sample, kink));
  const productOn = (sides: readonly Side[]): number => problem.product(pair, sides, v);
  const base = productOn(computed);
  if (computed.length === 0) return { sides: computed, value: base, isLeast: problem.knowsKinks };
  if (computed.every(({ layer }) => layer === computed[0]!.layer)) {
    const falls = fallsOf(problem, { pair, computed, v }) ?? computed.map((_, k) => productOn(flipped(computed, k)) - base);
    const sides = computed.map((side, k) => (falls[k]! < 0 ? opposite(side) : side));
    return { sides, value: productOn(sides), isLeast: problem.knowsKinks };
  }
  return descended(computed, base, productOn);
}

interface Flips {
  readonly pair: Pair;
  readonly computed: readonly Side[];
  readonly v: Float64Array;
}

/** The changes of the product by each unit's other side, from one gradient with all of them, where each changes a row of weights of its own. */
function fallsOf(problem: TangentProblem, { pair, computed, v }: Flips): number[] | undefined {
  const rows = computed.map((side) => problem.rowOf(side));
  if (!rows.every((row) => row !== undefined)) return undefined;
  const before = problem.gradient(pair, computed).slice();
  const after = problem.gradient(pair, computed.map(opposite));
  return rows.map(({ offset, length }) => {
    let change = 0;
    for (let j = offset; j < offset + length; j++) change += (after[j]! - before[j]!) * v[j]!;
    return change;
  });
}

const opposite = (side: Side): Side => ({ ...side, above: !side.above });
const flipped = (sides: readonly Side[], k: number): Side[] => sides.map((side, i) => (i === k ? opposite(side) : side));

function descended(computed: readonly Side[], base: number, productOn: (sides: readonly Side[]) => number): LeastChoice {
  let [sides, value, hasChanged] = [computed, base, true];
  while (hasChanged) {
    hasChanged = false;
    for (const k of computed.keys()) {
      const other = flipped(sides, k);
      const otherValue = productOn(other);
      if (otherValue < value) [sides, value, hasChanged] = [other, otherValue, true];
    }
  }
  return { sides, value, isLeast: false };
}
