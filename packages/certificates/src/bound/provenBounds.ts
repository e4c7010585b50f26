import { CompensatedSum, enclosedProduct } from "../arithmetic/compensated.js";
import { above, below } from "../arithmetic/outward.js";
import type { Atoms } from "../atoms/atoms.js";
import type { BoundedNorm } from "./boundedNorm.js";
import { dualAboveErrors } from "./dualAboveErrors.js";
import { euclideanAbove, rowLengths } from "./rowLengths.js";

/**
 * A lower bound of γ* = max {minₖ ⟨Zₖ, u⟩ : ||u|| <= 1} from one θ, whatever its length: minₖ ⟨Zₖ, θ⟩ / ||θ||, rounded downwards; 0 if that is not positive,
 * which u = 0 attains.
 *
 * All rows are bounded by plain sums and their rounding, γₙ ||Zₖ||₂ ||θ||₂; those that can be the least are computed again in twice the precision.
 *
 * @param atoms  the rows
 * @param norm   the norm; a theorem where it is `isProven`
 * @param theta  f64[p], finite
 * @param rest   f64[p]: what doubles leave of the direction, theta + rest. Default 0
 * @returns a number in [0, γ*]
 */
export function lowerBound(atoms: Atoms, norm: BoundedNorm, theta: Float64Array, rest?: Float64Array): number {
  const least = leastProduct(atoms, theta, rest);
  if (!(least > 0)) return 0;
  return below(least / (rest ? above(norm.upper(theta) + norm.upper(rest), 2) : norm.upper(theta)), 2);
}

/** A number <= minₖ ⟨Zₖ, θ⟩, accurate to a few roundings of the rows that attain it. */
export function leastProduct(atoms: Atoms, theta: Float64Array, rest?: Float64Array): number {
  const products = new Float64Array(atoms.count);
  atoms.times(theta, products);
  const lengths = rowLengths(atoms);
  const perLength = above((atoms.size + 4) * 2 ** -52 * euclideanAbove(theta) + (rest ? euclideanAbove(rest) : 0), 8);
  const floor = (atoms.size + 4) * 2 ** -1070; // what underflows
  const errors = products.map((_, k) => above(perLength * lengths[k]!, 4) + floor);
  let ceiling = Infinity; // the least product is at most this
  for (let k = 0; k < products.length; k++) {
    if (!Number.isFinite(products[k]!)) return Number.NaN;
    ceiling = Math.min(ceiling, products[k]! + errors[k]!);
  }
  let least = Infinity;
  const order = [...products.keys()].filter((k) => products[k]! - errors[k]! <= ceiling);
  order.sort((a, b) => products[a]! - errors[a]! - (products[b]! - errors[b]!) || a - b);
  for (const k of order) {
    if (products[k]! - errors[k]! >= least) break;
    const { value, error } = enclosedProduct(atoms.row(k), theta, rest);
    least = Math.min(least, value - error - Math.abs(value) * 2 ** -52);
  }
  return least;
}

/**
 * An upper bound of γ* = min {||Σ λₖ Zₖ||_* : λ in the simplex} from one λ >= 0, whatever its sum: ||Σ λₖ Zₖ||_* / Σ λₖ, rounded upwards, the sum in twice the
 * precision, and the dual norm of what may be wrong with it added.
 *
 * @param atoms   the rows
 * @param norm    the norm; a theorem where it is `isProven`
 * @param lambda  f64[K], finite, none negative, not all 0
 * @param rest    f64[K]: what doubles leave of the multipliers, lambda + rest, each at most 2^-52 of its multiplier. Default 0
 * @returns a number >= γ*
 */
export function upperBound(atoms: Atoms, norm: BoundedNorm, lambda: Float64Array, rest?: Float64Array): number {
  const sum = new CompensatedSum(atoms.size);
  let total = 0;
  let terms = 0;
  for (const [k, factor] of lambda.entries()) {
    if (!(factor >= 0 && factor < Infinity)) return Infinity;
    const low = rest?.[k] ?? 0;
    if (!(Math.abs(low) <= factor * 2 ** -52)) return Infinity;
    if (factor === 0) continue;
    sum.add(factor, atoms.row(k), low);
    total += factor;
    terms += 1;
  }
  const { value, error } = sum.enclosed();
  return above(above(norm.dualUpper(value) + dualAboveErrors(norm, error), 2) / below(total, terms + (rest ? 6 : 2)), 4);
}
