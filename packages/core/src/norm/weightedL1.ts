import { productError } from "../number/productError.js";

/**
 * out ← the Euclidean projection of x onto {Σ dᵢ |uᵢ| <= radius}, d > 0, for an x outside it.
 *
 *   uᵢ = sign(xᵢ) dᵢ max(bᵢ - τ, 0), bᵢ = |xᵢ| / dᵢ, with the τ at which Σ dᵢ |uᵢ| = radius
 *
 * Entries are taken in decreasing bᵢ while W = Σ dⱼ² (bⱼ - bᵢ) over those already taken stays below the radius. With l the last one,
 * D = Σ dⱼ² and σ = (radius - W) / D, the result is |uᵢ| = dᵢ (bᵢ - bₗ) + dᵢ σ. Every difference of two b is that of two exact products, so
 * dᵢ |uᵢ| is within a few ε times n of `radius` of the exact one, however small the radius and however wide the range of d.
 *
 * x, d, out: f64[n]. Cost: a sort.
 */
export function projectOntoWeightedL1(x: Float64Array, d: Float64Array, out: Float64Array, radius: number): void {
  const { scale, last, sigma, difference } = threshold(x, d, radius);
  for (const [i, v] of x.entries()) {
    const u = difference(i, last) / d[last]! + d[i]! * sigma;
    out[i] = Number.isNaN(u) ? u : Math.sign(v) * (Math.max(u, 0) / scale);
  }
}

/** The τ of `projectOntoWeightedL1`, to a few ε times n of the bₗ above it; not positive where x lies in the ball. */
export function weightedThreshold(x: Float64Array, d: Float64Array, radius: number): number {
  const { scale, last, sigma } = threshold(x, d, radius);
  return (Math.abs(x[last]! * scale) / d[last]! - sigma) / scale;
}

interface Threshold {
  /** Common factor of the entries that keeps their products in range. */
  readonly scale: number;
  readonly last: number;
  readonly sigma: number;
  /** (bᵢ - bⱼ) dᵢ dⱼ, of scaled entries. */
  readonly difference: (i: number, j: number) => number;
}

function threshold(x: Float64Array, d: Float64Array, radius: number): Threshold {
  const scale = safeScale(x);
  const a = x.map((v) => Math.abs(v) * scale);
  const difference = (i: number, j: number): number => productDifference(a[i]!, d[j]!, a[j]!, d[i]!);
  const order = Array.from(a.keys()).sort((i, j) => difference(j, i) || i - j);
  let [squares, spent] = [0, 0];
  let last = order[0]!;
  for (const i of order) {
    const more = squares * (difference(last, i) / d[last]! / d[i]!);
    if (!(spent + more < radius * scale)) break;
    spent += more;
    squares += d[i]! * d[i]!;
    last = i;
  }
  return { scale, last, sigma: squares === 0 ? 0 : (radius * scale - spent) / squares, difference };
}

/** A power of two that takes entries to where products with any sensible d, and what their rounding loses, stay in the range. */
function safeScale(x: Float64Array): number {
  const largest = x.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
  if (largest > 2 ** 500) return 2 ** -500;
  return largest < 2 ** -500 ? 2 ** 500 : 1;
}

/** a b - c d, to a few units in the last place of ε a b. Source: Dekker, Numer. Math. 18 (1971). */
function productDifference(a: number, b: number, c: number, d: number): number {
  const [ab, cd] = [a * b, c * d];
  return ab - cd + (productError(a, b, ab) - productError(c, d, cd));
}
