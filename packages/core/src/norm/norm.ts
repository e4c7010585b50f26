import type { Kernels, Pointer, Region, Sized, Span } from "@steepest/kernels";
import type { PartKind } from "../check/requirePart.js";
import type { ConeProgram } from "./cones.js";
import type { NormFacts } from "./facts.js";
import type { Limit, PolytopeProgram, ScaledEntry } from "./polytope.js";

/** One matrix of the flat vector, row-major m[rows][columns] from `offset` on. */
export interface MatrixBlock {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

/** The vector space a norm lives on: its length, and the matrices that the vector consists of, in order and without gaps. */
export interface NormShape {
  readonly length: number;
  readonly blocks: readonly MatrixBlock[];
}

/**
 * A norm, as a value that knows its dual. The laws that every member must pass are data in `@steepest/laws`.
 *
 *   ||g||_* = max {<g, u> : ||u|| <= 1}      lmo(g) ∈ argmin {<g, u> : ||u|| <= 1}, so it points downhill and <g, lmo(g)> = -||g||_*
 *
 * A norm on matrices, bound to a vector of several, is their natural combination: the maximum over the blocks for spectral, rowMax and colMax,
 * the sum over the blocks for their duals.
 */
export interface Norm {
  /** The expression as text, `spectral` or `max(spectral, linf)`: equal ids are equal norms. */
  readonly id: string;
  /** The dual norm; the dual of the dual is this norm itself. */
  readonly dual: Norm;
  /** true: the value depends on the position of an entry, or on entries that are zero, so no column may be left out. */
  readonly dependsOnPosition: boolean;
  /** true: value and direction take singular values of the matrices. Default false. */
  readonly decomposes?: boolean;
  /** Facts for laws, labels and programs; absent for norms that stand in no list. */
  readonly facts?: NormFacts;
  /** The steepest direction smoothed over near-ties, where the norm has one. */
  readonly smoothDirection?: SmoothDirection;
  /** true: the unit sphere has no segments, so that every linear function has one maximiser on the ball. Default false. */
  readonly strictlyConvex?: boolean;
  /** true: that is so on this shape, as of singular values of a matrix that is one row. Default: `strictlyConvex`. */
  isStrictlyConvexOn?(shape: NormShape): boolean;
  /** The diagonal d > 0 with ||x|| = ||d x||₂, where there is one: such norms are solved as least squares. undefined: none on this shape. */
  euclideanDiagonal?(shape: NormShape): Float64Array | undefined;
  /**
   * States ||D x|| <= limit as linear inequalities, for a norm whose unit ball is a polytope: such norms are solved as linear programmes. The entries of x,
   * with those of D, come in the order of the shape.
   *
   * @returns false if a norm within it is none of that kind; the programme is then of no use
   */
  boundLinearly?(program: PolytopeProgram, entries: readonly ScaledEntry[], shape: NormShape, limit: Limit): boolean;
  /**
   * States ||D x|| <= limit as inequalities of convex cones, likewise: where other methods leave bounds of margins apart, as entries of very different sizes
   * do, these are solved for in twice the precision. Not needed beside `boundLinearly`.
   *
   * @returns false if a norm within it states none
   */
  boundByCones?(program: ConeProgram, entries: readonly ScaledEntry[], shape: NormShape, limit: Limit): boolean;
  /**
   * out ← the Euclidean projection of x onto {||D u|| <= radius}, D = diag(d) > 0, for an x outside it; where it is known coordinate by coordinate.
   */
  projectWeightedBall?(x: Float64Array, d: Float64Array, out: Float64Array, radius: number): void;
  /** out ← argmin_u ½||u - x||₂² + t ||D u||, t > 0, where it is known better than as x minus a projection. */
  proxWeighted?(x: Float64Array, d: Float64Array, out: Float64Array, t: number): void;
  /** The size of the region that the bound norm may use during a call. */
  scratch(shape: NormShape): Sized;
  /** @throws DefinitionError  if the norm is for another number of matrices */
  checkBlocks?(count: number): void;
  /** @throws DefinitionError  if the norm does not fit the shape */
  bind(kernels: Kernels, shape: NormShape, region: Region): NormFunctions;
}

/** The kind of norms. */
export const normPart: PartKind<Norm> = {
  what: "a norm such as norms.linf",
  hint: 'norms holds them by id, normOf("linf") and normFromText("max(l1,l2)") make them of data and texts',
  functions: ["bind", "scratch"],
};

/** A symmetric linear map A on vectors in plain arrays. */
export interface LinearMap {
  /** out ← A z. `out` must not be `z`. */
  (z: Float64Array, out: Float64Array): void;
  /**
   * ⟨zᵢ, A zⱼ⟩ of some vectors, row by row, where that takes less than A of each; undefined for vectors of which that is not so. A vector must not change
   * afterwards: maps of one bound norm may keep what they have found of it.
   */
  products?(z: readonly Float64Array[]): Float64Array[] | undefined;
}

/** out ← u with ||u|| <= 1 and <g, u> <= -(1 - delta) ||g||_*, from d = -g / max |g|. */
export type SmoothDirection = (kernels: Kernels, d: Span, out: Span, delta: number) => void;

/** A flat piece of a ball: about where a linear function g is largest on it. */
export interface FlatPiece {
  /** Orthonormal vectors, f64[p] each, whose span holds all differences of maximisers of <g, ·>; but for rounding, some of them where `isWhole` is false. */
  readonly directions: readonly Float64Array[];
  readonly isWhole: boolean;
  /**
   * An upper bound of the Euclidean distance from a maximiser, moved along the span, of every u with ||u|| <= 1 and <g, u> >= ||g||_* - gap. Two such points
   * thus differ by a vector of the span and one of at most twice that length.
   */
  distance(gap: number): number;
}

/** The functions that a norm defines itself; `bindNorm` derives the rest by duality. No call allocates kernel memory. */
export interface NormFunctions {
  norm(x: Span): number;
  /**
   * A number >= ||x|| by theorem, for a finite x: the value and all that its roundings can have taken from it. Absent: no such number is known, and bounds
   * of margins in this norm are told to be estimates.
   */
  upperBound?(x: Span): number;
  /** Writes the steepest direction; the tie rule stands in each norm's file. `out` must not be `g`. */
  lmo(g: Span, out: Span): void;
  /** out ← ||g||_* lmo(g), where that is cheaper than both factors. `out` must not be `g`. */
  dualityMap?(g: Span, out: Span): void;
  /**
   * Euclidean projection onto {||u|| <= radius}, radius >= 0. `out` must not be `x`. For an x outside, the built-in norms keep ||out|| within 1e-13 of the
   * radius, relative to it and however small it is; out is the projection of a point within a few n ε |xᵢ| of x (singular values: a few n ε σ₁), and of
   * ℓp norms, weighted or not, of x itself, to a few n ε radius.
   */
  projectBall(x: Span, out: Span, radius: number): void;
  /**
   * The derivative of the projection onto {||u|| <= radius} at x, a symmetric map with eigenvalues in [0, 1], where it is known; at kinks one of its limits.
   * Where there is an `out`, which must not be `x`, it becomes the projection, if `projectsAlong`.
   */
  projectionDerivative?(x: Span, radius: number, out?: Span): LinearMap | undefined;
  /** true: `projectionDerivative` gives the projection as well, the same bits as `projectBall`, for less than both of them take. */
  readonly projectsAlong?: boolean;
  /**
   * out ← argmin_u ½||u - x||₂² + t ||u||, t >= 0, where it is known better than as x minus the projection of x onto the dual ball of radius t: that
   * difference loses what is small. `out` must not be `x`.
   */
  prox?(x: Span, out: Span, t: number): void;
  /**
   * s ↦ ||prox(x, s)|| for the x of the call, s >= 0, where that is cheaper than the proximal point itself: searches ask it many times.
   */
  shrunkNorm?(x: Span): (s: number) => number;
  /** c ↦ ||u|| of the u that minimises ½||u - x||₂² + c/2 ||u||², c >= 0, for the x of the call; where it takes no search over proximal points. */
  shrunkBySquare?(x: Span): (c: number) => number;
  /** The piece of the unit sphere on which <g, ·> is largest, with at most so many of its directions; g is not 0. Absent: not known of this norm. */
  flatPiece?(g: Span, most: number): FlatPiece;
  /** The norm of a rank-one sample gradient in terms of its blocks; undefined where it does not follow from them. */
  readonly rankOne?: RankOneNorm;
}

/**
 * The norm of ∇f(xᵢ) = (δₗ ⊗ aₗ)ₗ without forming it, for a norm that is multiplicative on rank-one blocks:
 *
 *   ||∇f|| = finish(combineₗ(rowValue(δₗ) · rowValue(aₗ)))
 */
export interface RankOneNorm {
  /** out[i] ← the value of row i of x[rows][columns], the left factors δ or the right factors a of block number `block`. */
  rowValue(block: number, side: "left" | "right", x: Pointer, out: Pointer, rows: number, columns: number): void;
  /** Adds the product of the two values of block number `block` to a total that starts at 0. */
  combine(total: number, value: number, block: number): number;
  finish(total: number): number;
  /**
   * finish(combine...) of the blocks' products where `combine` takes powers of them that may leave the range of f64; absent where a common factor of
   * the products, which its caller takes out, is enough.
   */
  join?(values: readonly number[]): number;
}
