import { type Arithmetic, gamma } from "../arithmetic.js";

/** The matrices, each row by row, that a vector consists of, in order and without gaps. */
export type Layout = readonly (readonly [rows: number, columns: number])[];

/**
 * A linear map under which a norm does not change: flipping signs of single entries, permuting entries, and orthogonal maps Q of every matrix X of
 * the layout, from the left (Q X), from the right (X Q) or from both sides. A vector without layout is one column.
 */
export type Invariance = "signs" | "permutations" | "leftOrthogonal" | "rightOrthogonal" | "orthogonal";

/** The vectors that a subject accepts. */
export interface NormDomain {
  /** The only length that the subject accepts; undefined for any. */
  readonly dimension?: number;
  /** For norms of matrices: the layouts to ask about. Their lengths differ, so that the length of a vector identifies its layout. */
  readonly layouts?: readonly Layout[];
}

/**
 * A norm on vectors, with its dual and its steepest direction. Functions return new values and leave their arguments as they were.
 *
 *   dualNorm(g) = max {<g, u> : norm(u) <= 1}      lmo(g) ∈ argmin {<g, u> : norm(u) <= 1}, downhill
 */
export interface NormSubject extends NormDomain {
  norm(x: Float64Array): number;
  dualNorm(g: Float64Array): number;
  lmo(g: Float64Array): Float64Array;
  /** The Euclidean projection of x onto {norm(u) <= radius}. */
  projectBall?(x: Float64Array, radius: number): Float64Array;
  /** argmin_u ½||u - x||₂² + t norm(u). */
  prox?(x: Float64Array, t: number): Float64Array;
  /** max(dualNorm(z) - 1, 1 - <z, x> / norm(x)), the latter only for x other than 0: at most rounding iff z is a subgradient of the norm at x. */
  subgradientGap?(x: Float64Array, z: Float64Array): number;
  /** The dual norm as a norm. */
  readonly dual?: NormSubject;
  /** The maps under which the norm is invariant. */
  readonly invariances?: readonly Invariance[];
  /** true: lmo(g) is a partial isometry O on every matrix of the layout, O Oᵀ O = O, of the rank of g, as for the spectral norm. */
  readonly partialIsometry?: boolean;
  /** Roundings of one evaluation beyond 2 per entry and 16; by default 100 per row or column of the largest side of a layout, which is 50 n eps. */
  readonly extraRoundings?: number;
}

/** Per unit of the longer side: 50 n eps is what an exact singular value decomposition is held to. */
const factorisation = 100;

export function lengthOf(layout: Layout): number {
  return layout.reduce((sum, [rows, columns]) => sum + rows * columns, 0);
}

/** The matrices of a vector of this length; a vector without layout is one column. */
export function layoutOf({ layouts }: Pick<NormSubject, "layouts">, length: number): Layout {
  return layouts?.find((layout) => lengthOf(layout) === length) ?? [[length, 1]];
}

/** Error of one evaluation over n entries, relative to the sum of magnitudes of its terms. */
export function roundingOf(subject: Pick<NormSubject, "layouts" | "extraRoundings">, n: number, arithmetic: Arithmetic): number {
  const side = subject.layouts ? Math.max(...layoutOf(subject, n).flat()) : 0;
  return gamma(2 * n + 16 + (subject.extraRoundings ?? factorisation * side), arithmetic);
}
