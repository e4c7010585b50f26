import { Arena, ArenaPlan, type Kernels, largestOf, type Region, requireKernels, type Sized, type Span } from "@steepest/kernels";
import { refuse } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { requireRegion } from "../check/requireSpan.js";
import { type LinearMap, type Norm, type NormFunctions, type NormShape, normPart, type RankOneNorm } from "./norm.js";
import { requireShape } from "./requireShape.js";
import { bracketBelow, rootOf } from "./rootOf.js";

/** A norm in memory, with everything that its dual gives it. */
export interface BoundNorm {
  readonly id: string;
  /** NaN if an entry is NaN, else infinite if one is. */
  norm(x: Span): number;
  dualNorm(g: Span): number;
  /** Numbers >= ||x|| and >= ||g||_* by theorem, for finite vectors; undefined where the norm knows none. */
  readonly upperBound: ((x: Span) => number) | undefined;
  readonly dualUpperBound: ((g: Span) => number) | undefined;
  /** `out` must not be `g`. */
  lmo(g: Span, out: Span): void;
  /** out ← ||g||_* lmo(g); undefined where it is no cheaper than both factors. `out` must not be `g`. */
  readonly dualityMap: ((g: Span, out: Span) => void) | undefined;
  /** Euclidean projection onto {||u|| <= radius}. `out` must not be `x`. */
  projectBall(x: Span, out: Span, radius: number): void;
  /** The derivative of the projection at the x of the call, which `out` becomes if `projectsAlong`; undefined where the norm does not know it. */
  readonly projectionDerivative: ((x: Span, radius: number, out?: Span) => LinearMap | undefined) | undefined;
  /** true: the projection comes with its derivative, for less than both of them take. */
  readonly projectsAlong: boolean;
  /** The derivative of `prox` at x, where that of the projection onto dual balls is known. */
  readonly proxDerivative: ((x: Span, t: number) => LinearMap | undefined) | undefined;
  /** out ← argmin_u ½||u - x||₂² + t ||u||: the norm's own, else by Moreau x - (projection of x onto the dual ball of radius t). `out` must not be `x`. */
  prox(x: Span, out: Span, t: number): void;
  /** s ↦ ||prox(x, s)|| for the x of the call. May overwrite `out` whenever it is asked. */
  shrunkNorm(x: Span, out: Span): (s: number) => number;
  /** c ↦ ||u|| of the u that minimises ½||u - x||₂² + c/2 ||u||² for the x of the call. May overwrite `out` whenever it is asked. */
  shrunkBySquare(x: Span, out: Span): (c: number) => number;
  /** Distance of z from the subdifferential of ||·|| at x, as a share: max(||z||_* - 1, 1 - <z, x> / ||x||); at most rounding iff z is a subgradient. */
  subgradientGap(x: Span, z: Span): number;
  /** The piece of the unit sphere on which <g, ·> is largest; undefined where the norm does not know it. */
  readonly flatPiece: NormFunctions["flatPiece"];
  /** The norm, and the dual norm, of vectors of rank-one blocks; undefined where it is not multiplicative on them. */
  readonly rankOne: RankOneNorm | undefined;
  readonly rankOneDual: RankOneNorm | undefined;
}

/**
 * The region that `bindNorm` takes. Several norms of one shape may share one: plan the largest.
 *
 * @param norm   the norm
 * @param shape  the matrices of the vectors that the norm is asked about
 * @returns the sizes of the region, for a plan
 */
export function normScratch(norm: Norm, shape: NormShape): Sized {
  requirePart("norm", norm, normPart);
  requireShape("shape", shape);
  return largestOf([norm.scratch(shape), norm.dual.scratch(shape)]);
}

/**
 * Adds the scratch of a norm to a plan, for `bindNormIn`.
 *
 * @param plan   the plan of the arena
 * @param norm   the norm
 * @param shape  the matrices of the vectors that the norm is asked about
 */
export function planNorm(plan: ArenaPlan, norm: Norm, shape: NormShape): void {
  if (!(plan instanceof ArenaPlan)) refuse("plan", "an ArenaPlan", plan);
  plan.region(normScratch(norm, shape));
}

/**
 * Binds a norm with scratch of an arena, planned by `planNorm`.
 *
 * @param arena  allocates the scratch
 * @param norm   the norm
 * @param shape  the matrices of the vectors that the norm is asked about
 * @returns functions over spans of the arena
 */
export function bindNormIn(arena: Arena, norm: Norm, shape: NormShape): BoundNorm {
  if (!(arena instanceof Arena)) refuse("arena", "an Arena", arena);
  return bindNorm(arena.kernels, norm, shape, arena.region(normScratch(norm, shape)));
}

/**
 * Binds a norm to kernel memory, with everything that follows from it by duality.
 *
 * @param kernels  kernels over the memory of `region` and of all arguments
 * @param norm     the norm
 * @param shape    the matrices of the vectors that the norm is asked about
 * @param region   a region of `normScratch(norm, shape)`, overwritten by every call
 * @returns functions over spans of that memory; none allocates
 * @throws DefinitionError  if the norm does not fit the shape
 */
export function bindNorm(kernels: Kernels, norm: Norm, shape: NormShape, region: Region): BoundNorm {
  requireKernels("kernels", kernels);
  requirePart("norm", norm, normPart);
  requireShape("shape", shape);
  requireRegion("region", region);
  const own = norm.bind(kernels, shape, region);
  const dual = norm.dual === norm ? own : norm.dual.bind(kernels, shape, region);
  const [ownNorm, dualNorm] = [own, dual].map((functions) => withInfinities(kernels, functions)) as [
    NormFunctions["norm"],
    NormFunctions["norm"],
  ];
  const byMoreau = (x: Span, out: Span, t: number): void => {
    dual.projectBall(x, out, t);
    kernels.axpby(x.ptr, out.ptr, x.length, 1, -1);
  };
  const prox = own.prox ?? byMoreau;
  const shrunkByProx = (x: Span, out: Span) => (s: number) => {
    prox(x, out, s);
    return ownNorm(out);
  };
  const shrunkNorm = (x: Span, out: Span) => own.shrunkNorm?.(x) ?? shrunkByProx(x, out);
  return {
    id: norm.id,
    norm: ownNorm,
    dualNorm,
    upperBound: own.upperBound,
    dualUpperBound: dual.upperBound,
    lmo: own.lmo,
    dualityMap: own.dualityMap,
    projectBall: own.projectBall,
    projectionDerivative: own.projectionDerivative,
    projectsAlong: own.projectsAlong === true,
    proxDerivative: dual.projectionDerivative && ((x, t) => withoutRest(dual.projectionDerivative!(x, t))),
    prox,
    shrunkNorm,
    shrunkBySquare: (x, out) => own.shrunkBySquare?.(x) ?? shrunkBySearch(shrunkNorm(x, out), dualNorm(x)),
    subgradientGap: (x, z) => {
      const value = ownNorm(x);
      const feasible = dualNorm(z) - 1;
      return value === 0 ? feasible : Math.max(feasible, 1 - kernels.dot(z.ptr, x.ptr, x.length) / value);
    },
    flatPiece: own.flatPiece,
    rankOne: own.rankOne,
    rankOneDual: dual.rankOne,
  };
}

/** z minus a map of it. */
function withoutRest(rest: LinearMap | undefined): LinearMap | undefined {
  return (
    rest &&
    ((z, out) => {
      rest(z, out);
      for (let j = 0; j < z.length; j++) out[j] = z[j]! - out[j]!;
    })
  );
}

/** A decomposition makes a NaN of an infinite entry; the norm is infinite there. */
function withInfinities(kernels: Kernels, functions: NormFunctions): NormFunctions["norm"] {
  return (x) => {
    const value = functions.norm(x);
    return Number.isNaN(value) && kernels.maxAbs(x.ptr, x.length) === Infinity ? Infinity : value;
  };
}

/**
 * The u that minimises ½||u - x||₂² + c/2 ||u||² is prox of s ||·|| with the s = c ||u||, a fixed point, 0 <= s <= ||x||_* =: most. The result is s / c and
 * not the norm at s, which may be a small difference or change steeply with s.
 */
function shrunkBySearch(shrunk: (s: number) => number, most: number): (c: number) => number {
  return (c) => {
    const excess = (candidate: number): number => c * shrunk(candidate) - candidate;
    const { low, high } = bracketBelow(excess, most);
    return c > 0 ? rootOf(excess, low, high) / c : shrunk(0);
  };
}
