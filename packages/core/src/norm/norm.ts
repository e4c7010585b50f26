import type { Kernels, Pointer, Span } from "@steepest/kernels";

/**
 * A norm on the flat parameter vector, bound to kernels. The laws that every member must pass are data in `@steepest/laws`.
 *
 *   ||g||_* = max {<g, u> : ||u|| <= 1}      lmo(g) ∈ argmin {<g, u> : ||u|| <= 1}, so it points downhill and <g, lmo(g)> = -||g||_*
 */
export interface Norm {
  readonly id: string;
  norm(x: Span): number;
  dualNorm(g: Span): number;
  /** Writes the steepest direction; the tie rule stands in each norm's file. `out` may be `g`. */
  lmo(g: Span, out: Span): void;
  /** Euclidean projection onto {||u|| <= radius}. `scratch` is at least as long as x. `out` may be `x`. */
  projectBall(x: Span, out: Span, radius: number, scratch: Span): void;
  /** How the dual norm of a sample gradient follows from its rank-one blocks, see `RankOneDual`. */
  readonly rankOne: RankOneDual;
}

/**
 * The dual norm of ∇f(xᵢ) = (δₗ ⊗ aₗ)ₗ without forming it:
 *
 *   ||∇f||_* = finish(combineₗ(rowValue(δₗ) · rowValue(aₗ)))
 */
export interface RankOneDual {
  /** out[i] ← the value of row i of x[rows][columns]. */
  rowValue(x: Pointer, out: Pointer, rows: number, columns: number): void;
  /** Adds a block to a total that starts at 0. */
  combine(total: number, block: number): number;
  finish(total: number): number;
}

export type NormFactory = (kernels: Kernels) => Norm;
