import { type Kernels, partOf, type Span } from "@steepest/kernels";
import type { BoundNorm } from "./boundNorm.js";
import { dot } from "./dot.js";
import type { LinearMap } from "./norm.js";

/** A block of a combined norm, with the norm and the weight that it has there. */
export interface WeightedPart {
  readonly norm: BoundNorm;
  readonly weight: number;
  readonly offset: number;
  readonly length: number;
}

/** A point outside of a ball and its projection. */
interface Projected {
  readonly kernels: Kernels;
  readonly parts: readonly WeightedPart[];
  readonly x: Span;
  /** The projection of x; overwritten. */
  readonly projection: Span;
}

interface DerivedPart {
  readonly offset: number;
  readonly length: number;
  /** The derivative of the block's minimiser by x. */
  readonly own: LinearMap;
  /** Its derivative by the multiplier is -own(m). */
  readonly m: Float64Array;
}

/**
 * The derivative of the projection onto a ball of maxₗ wₗ ||·||ₗ, block by block; undefined where that of a block is not known.
 *
 * @param parts   the blocks
 * @param x       the point
 * @param radius  of the ball
 */
export function derivativeOnMaxBall(parts: readonly WeightedPart[], x: Span, radius: number): LinearMap | undefined {
  const maps = parts.map(({ norm, weight, offset, length }) => norm.projectionDerivative?.(partOf(x, offset, length), radius / weight));
  if (maps.includes(undefined)) return undefined;
  const map: LinearMap = (z, out) => {
    for (const [i, { offset, length }] of parts.entries())
      maps[i]!(z.subarray(offset, offset + length), out.subarray(offset, offset + length));
  };
  if (maps.some((one) => one!.products)) {
    map.products = (vectors) => {
      const total = vectors.map(() => new Float64Array(vectors.length));
      for (const [i, { offset, length }] of parts.entries()) {
        const own = productsOf(
          maps[i]!,
          vectors.map((z) => z.subarray(offset, offset + length)),
        );
        for (const [m, row] of own.entries()) for (let n = 0; n < row.length; n++) total[m]![n]! += row[n]!;
      }
      return total;
    };
  }
  return map;
}

/** ⟨zᵢ, A zⱼ⟩, by A of each where that is all that is known. */
function productsOf(map: LinearMap, vectors: readonly Float64Array[]): Float64Array[] {
  const known = map.products?.(vectors);
  if (known) return known;
  const products = vectors.map(() => new Float64Array(vectors.length));
  const moved = new Float64Array(vectors[0]?.length ?? 0);
  for (const [m, z] of vectors.entries()) {
    map(z, moved);
    for (let n = 0; n <= m; n++) products[m]![n] = products[n]![m] = dot(vectors[n]!, moved);
  }
  return products;
}

/**
 * The derivative of the projection onto a ball of Σ wₗ ||·||ₗ: the blocks of the projection are prox of s ||·||ₗ with s = μ wₗ, so that with J their derivatives, n the
 * gradients of the norms there and m = w n,
 *
 *   P' z = J z - J m ⟨m, J z⟩ / ⟨m, J m⟩
 *
 * @param given  the point, outside of the ball, and its projection
 */
export function derivativeOnSumBall(given: Projected): LinearMap | undefined {
  const { sizes, gradients } = residual(given);
  const mu = given.parts.reduce((most, { weight }, l) => Math.max(most, sizes[l]! / weight), 0);
  return joined(given, (part, l) => {
    const own = part.norm.proxDerivative?.(partOf(given.x, part.offset, part.length), mu * part.weight);
    return own && { own, m: gradients[l]!.map((value) => value / mu) };
  });
}

/**
 * The derivative of the projection onto a ball of √Σ (wₗ ||·||ₗ)²: a block u of the projection minimises ½||u - x||₂² + μ/2 (w ||u||)². With J the derivative of prox of
 * s ||·||, s = μ w² ||u||, and n the gradient of the norm at u, that of the block is K = J - c J n ⟨n, J ·⟩ / (1 + c ⟨n, J n⟩), c = μ w², and as for sums with m = w² ||u|| n.
 *
 * @param given  the point, outside of the ball, and its projection
 */
export function derivativeOnEuclideanCombination(given: Projected): LinearMap | undefined {
  const lengths = given.parts.map(({ norm, offset, length }) => norm.norm(partOf(given.projection, offset, length)));
  const { sizes, gradients } = residual(given);
  // one number, told best by the block with the largest residual
  const top = sizes.reduce((best, size, l) => (size > sizes[best]! ? l : best), 0);
  const mu = sizes[top]! / (given.parts[top]!.weight ** 2 * lengths[top]!);
  return joined(given, ({ norm, weight, offset, length }, l) => {
    const c = mu * weight * weight;
    const s = sizes[l]!;
    const m = gradients[l]!.map((value) => value / mu);
    if (!(s > 0)) return { m, own: (z, out) => out.set(z.map((value) => value / (1 + c))) };
    const prox = norm.proxDerivative?.(partOf(given.x, offset, length), s);
    if (!prox) return undefined;
    const n = gradients[l]!.map((value) => value / s);
    const ofN = new Float64Array(length);
    prox(n, ofN);
    const factor = c / (1 + c * dot(n, ofN));
    return {
      m,
      own: (z, out) => {
        prox(z, out);
        const along = factor * dot(n, out);
        for (let j = 0; j < length; j++) out[j]! -= along * ofN[j]!;
      },
    };
  });
}

/** x - u by blocks, and the dual norm of each; overwrites the projection with it. */
function residual({ kernels, parts, x, projection }: Projected): { readonly sizes: number[]; readonly gradients: Float64Array[] } {
  kernels.axpby(x.ptr, projection.ptr, x.length, 1, -1);
  return {
    sizes: parts.map(({ norm, offset, length }) => norm.dualNorm(partOf(projection, offset, length))),
    gradients: parts.map(({ offset, length }) => projection.view.slice(offset, offset + length)),
  };
}

/** The derivatives of all blocks, with what the multiplier of the constraint takes from them. */
function joined(
  { parts, x }: Projected,
  derive: (part: WeightedPart, l: number) => Omit<DerivedPart, "offset" | "length"> | undefined,
): LinearMap | undefined {
  const derived: DerivedPart[] = [];
  for (const [l, part] of parts.entries()) {
    const one = derive(part, l);
    if (!one) return undefined;
    derived.push({ ...one, offset: part.offset, length: part.length });
  }
  const across = new Float64Array(x.length);
  const each = (z: Float64Array | undefined, out: Float64Array): number => {
    let along = 0;
    for (const { offset, length, own, m } of derived) {
      const into = out.subarray(offset, offset + length);
      own(z ? z.subarray(offset, offset + length) : m, into);
      along += dot(m, into);
    }
    return along;
  };
  const total = each(undefined, across);
  return (z, out) => {
    const along = each(z, out);
    if (total > 0) for (let j = 0; j < out.length; j++) out[j]! -= (along / total) * across[j]!;
  };
}
