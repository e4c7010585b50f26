import { innerProduct } from "../arithmetic/innerProduct.js";

/** A cone {w : ⟨nₖ, w⟩ >= 0} given by unit vectors, and how near to it a vector lies. */
export interface ConeProjection {
  /** h + Σ μₖ nₖ, the projection of h onto the cone but for rounding. */
  readonly point: Float64Array;
  /** The normals with μₖ > 0, by their place. */
  readonly active: readonly number[];
  readonly multipliers: readonly number[];
}

/** Share of a normal that may depend on those before it. */
const dependent = 1e-13;

/**
 * The Euclidean projection onto a polyhedral cone in few dimensions, min {||h + Σ μₖ nₖ||₂ : μ >= 0}, by active sets. For any μ >= 0 and any w in the cone
 * with ||w|| <= 1, ⟨h, w⟩ <= ||h + Σ μₖ nₖ||: the multipliers prove a bound of the maximum, which the projection's direction attains.
 *
 * Source: Lawson and Hanson, Solving Least Squares Problems (1974), chapter 23.
 */
export function projectOntoCone(h: Float64Array, normals: readonly Float64Array[]): ConeProjection {
  const n = h.length;
  const size = Math.sqrt(innerProduct(h, 0, h, 0, n));
  let active: number[] = [];
  let multipliers: number[] = [];
  let point = h;
  for (let round = 0; round < 4 * n + 8; round++) {
    let [worst, least] = [-1, -1e-15 * size];
    for (const [k, normal] of normals.entries()) {
      const product = innerProduct(point, 0, normal, 0, n);
      if (product < least && !active.includes(k)) [worst, least] = [k, product];
    }
    if (worst < 0) break;
    const next = entered([...active, worst], [...multipliers, 0], h, normals);
    if (!next) break;
    const moved = shifted(h, next.active, next.multipliers, normals);
    if (!(innerProduct(moved, 0, moved, 0, n) < innerProduct(point, 0, point, 0, n))) break;
    [active, multipliers, point] = [next.active, next.multipliers, moved];
  }
  return { point, active, multipliers };
}

/** The least squares of a set of normals, those leaving it whose multipliers would be negative; undefined where they depend on each other. */
function entered(
  active: number[],
  from: number[],
  h: Float64Array,
  normals: readonly Float64Array[],
): { readonly active: number[]; readonly multipliers: number[] } | undefined {
  for (;;) {
    const wanted = leastSquares(
      h,
      active.map((k) => normals[k]!),
    );
    if (!wanted) return undefined;
    if (wanted.every((value) => value > 0)) return { active, multipliers: wanted };
    let step = 1;
    for (const [i, value] of wanted.entries()) if (value <= 0) step = Math.min(step, from[i]! / (from[i]! - value) || 0);
    const moved = from.map((value, i) => value + step * (wanted[i]! - value));
    const stays = moved.map((value, i) => value > 0 && !(wanted[i]! <= 0 && from[i]! / (from[i]! - wanted[i]!) <= step));
    if (active.length === 1) return undefined;
    active = active.filter((_, i) => stays[i]);
    from = moved.filter((_, i) => stays[i]);
    if (active.length === 0) return undefined;
  }
}

/** argmin ||h + Σ μₖ nₖ||₂ by orthogonalisation, twice for accuracy; undefined where the normals are dependent. */
function leastSquares(h: Float64Array, normals: readonly Float64Array[]): number[] | undefined {
  const n = h.length;
  const basis: Float64Array[] = [];
  const upper: number[][] = [];
  for (const normal of normals) {
    const rest = normal.slice();
    const column = basis.map(() => 0);
    for (let twice = 0; twice < 2; twice++) {
      for (const [i, q] of basis.entries()) {
        const share = innerProduct(q, 0, rest, 0, n);
        column[i]! += share;
        for (let j = 0; j < n; j++) rest[j]! -= share * q[j]!;
      }
    }
    const length = Math.sqrt(innerProduct(rest, 0, rest, 0, n));
    if (!(length > dependent)) return undefined;
    basis.push(rest.map((value) => value / length));
    upper.push([...column, length]);
  }
  const rest = h.slice();
  const products = basis.map((q) => {
    const share = innerProduct(q, 0, rest, 0, n);
    for (let j = 0; j < n; j++) rest[j]! -= share * q[j]!;
    return -share;
  });
  for (let k = normals.length - 1; k >= 0; k--) {
    for (let l = k + 1; l < normals.length; l++) products[k]! -= upper[l]![k]! * products[l]!;
    products[k]! /= upper[k]![k]!;
  }
  return products;
}

function shifted(
  h: Float64Array,
  active: readonly number[],
  multipliers: readonly number[],
  normals: readonly Float64Array[],
): Float64Array {
  const point = h.slice();
  for (const [i, k] of active.entries()) for (let j = 0; j < h.length; j++) point[j]! += multipliers[i]! * normals[k]![j]!;
  return point;
}
