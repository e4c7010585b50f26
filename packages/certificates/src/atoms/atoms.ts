import type { RowProducts } from "./rowProducts.js";

/**
 * The rows Z₁ ... Z_K of a matrix in ℝ^(K×p), as an operator, so that a large one need never be formed. What is asked of them is
 *
 *   γ* = max {minₖ ⟨Zₖ, θ⟩ : ||θ|| <= 1} = min {||Σ λₖ Zₖ||_* : λ >= 0, Σ λₖ = 1}
 *
 * For a linear model a row is yᵢ xᵢ, or with several classes xᵢ in the row of its class minus xᵢ in that of another; for a network at θ it is the gradient
 * of a sample margin. Bounds are theorems about the numbers that `row` gives: `times` and `combine` are those sums in f64, each of at most `size` (`count`)
 * products in any order, where a product may be rounded twice more.
 */
export interface Atoms {
  /** K, the number of rows. */
  readonly count: number;
  /** p, their length. */
  readonly size: number;
  /** out ← (⟨Zₖ, θ⟩)ₖ. theta: f64[p]; out: f64[K], overwritten. */
  times(theta: Float64Array, out: Float64Array): void;
  /** out ← Σ λₖ Zₖ. lambda: f64[K]; out: f64[p], overwritten. */
  combine(lambda: Float64Array, out: Float64Array): void;
  /** Row k as a copy. */
  row(k: number): Float64Array;
  /** Entries that determine the others, by one linear map for all rows; absent: all are looked at. */
  readonly determining?: readonly number[];
  /** Keeps the products of rows once they are scaled, where these atoms are some of more to come and their indices stay. */
  readonly products?: RowProducts;
  /** ||Zₖ||₂, to a relative error of 1e-6 at most, where that takes less than a row. */
  length?(k: number): number;
}
