import type { LinearMap } from "@steepest/core";
import { innerProduct } from "../arithmetic/innerProduct.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";
import type { ScaledRow } from "./scaledRows.js";
import { minimumOnSimplex } from "./simplexQuadratic.js";

/** Most rows without a multiplier that a step looks at. */
const mostEntering = 64;
/** Newton steps after which a proximal point counts as too far, and up to which it counts as near. */
const mostSteps = 30;
const fewSteps = 5;
/** The factors of σ after a near proximal point, and where one was too far. */
const growth = 8;
const fall = 1 / 16;
/** Rows whose products with the derivative take as long as one application, where they are known together. */
const together = 16;
/** The share by which lengths of rows may be wrong, and roundings of products with them. */
const uncertain = 1e-5;
/** Most trial points of a line search. */
const mostTries = 12;
/** Moves after which the search is stuck, if the bounds have come no nearer by this share. */
const mostIdleMoves = 24;
const progress = 0.99;

/** Multipliers with all that follows from them. */
interface Point {
  readonly mu: Float64Array;
  /** v = Ẑᵀ μ. */
  readonly combination: Float64Array;
  /** ||v||_*. */
  readonly upper: number;
  /** P(x), x = centre + σ v. */
  readonly theta: Float64Array;
  /** P'(x). */
  readonly derivative: () => LinearMap;
  /** Ẑ θ. */
  readonly products: Float64Array;
}

/**
 * max over ||θ|| <= 1 of minₖ ⟨ẑₖ, θ⟩ / cₖ over a growing list of rows, by proximal points, each found through its dual,
 *
 *   min over μ >= 0, Σ cₖ μₖ = 1 of max over ||θ|| <= 1 of ⟨Ẑᵀ μ, θ⟩ - ||θ - centre||₂² / (2σ),  attained by θ = P(centre + σ Ẑᵀ μ)
 *
 * by Newton's method: the gradient is Ẑ θ, the generalised Hessian σ Ẑ P' Ẑᵀ, on the rows that carry a multiplier or are violated.
 *
 * Source: Rockafellar, Mathematics of Operations Research 1 (1976); Li, Sun and Toh, SIAM J. Optim. 28 (2018).
 */
export class ProximalNewton {
  readonly #rows: readonly ScaledRow[];
  readonly #norm: BoundedNorm;
  #shares: Float64Array;
  #centre: Float64Array;
  #sigma: number;
  #point: Point;
  /** Products of all rows with an earlier θ. */
  #known: { readonly theta: Float64Array; readonly products: Float64Array } | undefined;
  /** Newton steps since the centre moved. */
  #steps = 0;
  #bounds = { lower: 0, upper: Infinity };
  #best: { theta: Float64Array; mu: Float64Array };
  #idleMoves = 0;
  #gapBefore = Infinity;

  /**
   * @param rows   the rows, at least one; a list that grows before `extend`
   * @param norm   the norm
   * @param start  multipliers of the rows, none negative, and parameters
   */
  constructor(rows: readonly ScaledRow[], norm: BoundedNorm, start: { readonly lambda?: Float64Array; readonly theta?: Float64Array }) {
    this.#rows = rows;
    this.#norm = norm;
    this.#shares = Float64Array.from(rows, ({ share }) => share);
    const total = start.lambda?.reduce((sum, value) => sum + value, 0) ?? 0;
    const mu = Float64Array.from(rows, ({ share }, k) => (total > 0 ? start.lambda![k]! / total : 1 / rows.length) / share);
    const combination = this.#combine(mu);
    const theta = new Float64Array(norm.size);
    const length = start.theta ? norm.value(start.theta) : 0;
    if (length > 0) theta.set(start.theta!.map((value) => value / length));
    else {
      norm.lmo(combination, theta);
      for (let j = 0; j < theta.length; j++) theta[j] = -theta[j]!;
    }
    this.#best = { theta, mu };
    this.#centre = theta;
    const ratio = Math.sqrt(square(theta) / square(combination));
    this.#sigma = ratio > 0 && ratio < Infinity ? ratio : 1;
    this.#keep({ mu, upper: norm.dualValue(combination), theta, products: this.#times(theta, mu) });
    this.#point = this.#at(mu);
    this.#keep(this.#point);
  }

  /** The relative distance of the best bounds so far. */
  gap(): number {
    const { lower, upper } = this.#bounds;
    return (upper - lower) / upper;
  }

  /** The least norm of a combination so far. */
  upper(): number {
    return this.#bounds.upper;
  }

  /** true: the bounds come no nearer. */
  isStuck(): boolean {
    return this.#idleMoves >= mostIdleMoves;
  }

  /** The points of the best bounds, multipliers as those of the rows before they were scaled. */
  best(): { lambda: Float64Array; theta: Float64Array } {
    return { lambda: this.#best.mu.map((value, k) => value * this.#shares[k]!), theta: this.#best.theta };
  }

  /** Takes in the rows that were added to the list, with no weight. */
  extend(): void {
    const grown = (mu: Float64Array): Float64Array => Float64Array.from(this.#rows, (_, k) => mu[k] ?? 0);
    this.#shares = Float64Array.from(this.#rows, ({ share }) => share);
    this.#best = { ...this.#best, mu: grown(this.#best.mu) };
    this.#bounds = { ...this.#bounds, lower: 0 };
    this.#idleMoves = 0;
    this.#gapBefore = Infinity;
    this.#point = this.#at(grown(this.#point.mu));
    this.#keep(this.#point);
  }

  /**
   * One Newton step; or another centre or σ, where the proximal point is near enough for its distance from the answer, or too far.
   *
   * @param wanted  the gap that is wanted
   * @returns how many projections, or applications of their derivative, that took
   */
  step(wanted: number): number {
    const { mu, products, combination, upper, theta } = this.#point;
    let [least, mean] = [Infinity, 0];
    for (let k = 0; k < mu.length; k++) {
      least = Math.min(least, products[k]! / this.#shares[k]!);
      mean += mu[k]! * products[k]!;
    }
    const fromProximal = mean - least;
    const fromAnswer = upper - innerProduct(combination, 0, theta, 0, theta.length);
    if (fromProximal <= 0.1 * Math.max(fromAnswer, wanted * this.#bounds.upper)) {
      return this.#moveTo(theta, this.#steps > fewSteps ? 1 : growth);
    }
    if (this.#steps >= mostSteps) return this.#moveTo(this.#centre, fall);
    this.#steps += 1;
    const chosen = this.#chosen(mean);
    const { matrix, cost } = this.#curvature(chosen);
    const own = Float64Array.from(chosen, (k) => mu[k]!);
    const linear = Float64Array.from(chosen, (k, i) => products[k]! - innerProduct(matrix[i]!, 0, own, 0, own.length));
    const next = minimumOnSimplex({ matrix, linear, shares: Float64Array.from(chosen, (k) => this.#shares[k]!), start: own });
    const way = new Float64Array(mu.length);
    for (const [i, k] of chosen.entries()) way[k] = next[i]! - own[i]!;
    return cost + this.#search(way);
  }

  #moveTo(centre: Float64Array, factor: number): number {
    const gap = this.gap();
    this.#idleMoves = gap < progress * this.#gapBefore ? 0 : this.#idleMoves + 1;
    if (this.#idleMoves === 0) this.#gapBefore = gap;
    this.#centre = centre;
    this.#sigma *= factor;
    this.#steps = 0;
    this.#point = this.#at(this.#point.mu);
    this.#keep(this.#point);
    return 1;
  }

  /** Goes along a way of descent to where the slope is at most half of what it was, or to the end of the simplex; returns the points that it tried. */
  #search(way: Float64Array): number {
    const from = this.#point;
    const slope = innerProduct(from.products, 0, way, 0, way.length);
    if (!(slope < 0)) {
      this.#steps = mostSteps;
      return 0;
    }
    let farthest = Infinity;
    for (let k = 0; k < way.length; k++) if (way[k]! < 0) farthest = Math.min(farthest, -from.mu[k]! / way[k]!);
    let [low, high, t] = [0, Infinity, Math.min(1, farthest)];
    let [slopeAtLow, slopeAtHigh] = [slope, 0];
    for (let tries = 1; tries <= mostTries; tries++) {
      this.#point = this.#at(
        from.mu.map((value, k) => Math.max(value + t * way[k]!, 0)),
        way,
      );
      this.#keep(this.#point);
      const now = innerProduct(this.#point.products, 0, way, 0, way.length);
      if (Math.abs(now) <= -slope / 2 || (t === farthest && now <= 0)) return tries;
      if (now > 0) [high, slopeAtHigh] = [t, now];
      else [low, slopeAtLow] = [t, now];
      if (high === Infinity) t = Math.min(4 * t, farthest);
      else t = low + Math.min(Math.max(slopeAtLow / (slopeAtLow - slopeAtHigh), 0.1), 0.9) * (high - low);
    }
    this.#steps = mostSteps;
    return mostTries;
  }

  /** Rows with a multiplier, and the most violated ones without. */
  #chosen(mean: number): number[] {
    const { mu, products } = this.#point;
    const ratio = (k: number): number => products[k]! / this.#shares[k]!;
    const all = [...mu.keys()];
    const entering = all.filter((k) => !(mu[k]! > 0) && ratio(k) < mean).sort((a, b) => ratio(a) - ratio(b) || a - b);
    return [...all.filter((k) => mu[k]! > 0), ...entering.slice(0, mostEntering)];
  }

  /** σ Ẑ P'(x) Ẑᵀ on some rows, symmetric, and how many applications of P' that took as long as. */
  #curvature(chosen: readonly number[]): { readonly matrix: Float64Array[]; readonly cost: number } {
    const derivative = this.#point.derivative();
    const products = derivative.products?.(chosen.map((k) => this.#rows[k]!.row));
    if (products)
      return { matrix: products.map((row) => row.map((value) => this.#sigma * value)), cost: Math.ceil(chosen.length / together) };
    const moved = new Float64Array(this.#norm.size);
    const matrix = chosen.map(() => new Float64Array(chosen.length));
    for (const [i, k] of chosen.entries()) {
      derivative(this.#rows[k]!.row, moved);
      for (let j = 0; j <= i; j++) {
        matrix[i]![j] = this.#sigma * innerProduct(this.#rows[chosen[j]!]!.row, 0, moved, 0, moved.length);
        matrix[j]![i] = matrix[i]![j]!;
      }
    }
    return { matrix, cost: chosen.length };
  }

  /** The point of multipliers, with all products that a way from there needs. */
  #at(mu: Float64Array, way?: Float64Array): Point {
    const combination = this.#combine(mu);
    const ahead = combination.map((value, j) => this.#centre[j]! + this.#sigma * value);
    const theta = new Float64Array(ahead.length);
    const derivative = this.#norm.projection(ahead, 1, theta);
    return { mu, combination, upper: this.#norm.dualValue(combination), theta, derivative, products: this.#times(theta, mu, way) };
  }

  /** Keeps the points of a pair where they improve the bounds. */
  #keep({ mu, upper, theta, products }: Pick<Point, "mu" | "upper" | "theta" | "products">): void {
    let lower = Infinity;
    for (let k = 0; k < products.length; k++) lower = Math.min(lower, products[k]! / this.#shares[k]!);
    lower /= this.#norm.value(theta);
    if (lower > this.#bounds.lower) [this.#bounds.lower, this.#best.theta] = [lower, theta];
    if (upper < this.#bounds.upper) [this.#bounds.upper, this.#best.mu] = [upper, mu];
  }

  /**
   * Ẑ θ; of rows without a multiplier, and without a part in `way`, whose products are proven to be above the mean by those with an earlier θ,
   *
   *   ⟨ẑ, θ⟩ >= ⟨ẑ, θ'⟩ - ||ẑ||₂ ||θ - θ'||₂
   *
   * the lower bound, which decides as much as the product: they neither enter nor are the least.
   */
  #times(theta: Float64Array, mu: Float64Array, way?: Float64Array): Float64Array {
    const rows = this.#rows;
    const exact = (k: number): number => innerProduct(rows[k]!.row, 0, theta, 0, theta.length);
    const matters = (k: number): boolean => mu[k]! > 0 || (way !== undefined && way[k] !== 0);
    const known = this.#known;
    const products = Float64Array.from(rows, (_, k) => (!known || matters(k) ? exact(k) : 0));
    if (known) {
      const mean = innerProduct(mu, 0, products, 0, mu.length);
      const moved = (1 + uncertain) * distance(theta, known.theta) + uncertain;
      const others: number[] = [];
      const near: number[] = [];
      for (let k = 0; k < rows.length; k++) {
        if (matters(k)) continue;
        others.push(k);
        const { length, share } = rows[k]!;
        const below = k < known.products.length ? known.products[k]! - length * moved : -Infinity;
        if (below > share * (mean + uncertain * Math.abs(mean))) products[k] = below;
        else near.push(k);
      }
      const isWorth = 2 * near.length <= others.length;
      for (const k of isWorth ? near : others) products[k] = exact(k);
      if (isWorth) return products;
    }
    this.#known = { theta, products };
    return products;
  }

  #combine(mu: Float64Array): Float64Array {
    const out = new Float64Array(this.#norm.size);
    for (const [k, { row }] of this.#rows.entries()) {
      const factor = mu[k]!;
      if (factor === 0) continue;
      for (let j = 0; j < row.length; j++) out[j]! += factor * row[j]!;
    }
    return out;
  }
}

function distance(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += (x[j]! - y[j]!) ** 2;
  return Math.sqrt(sum);
}

function square(x: Float64Array): number {
  return innerProduct(x, 0, x, 0, x.length);
}
