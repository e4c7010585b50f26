import { accumulate, CompensatedSum } from "../arithmetic/compensated.js";
import { innerProduct } from "../arithmetic/innerProduct.js";
import type { RowProducts } from "../atoms/rowProducts.js";
import { Cholesky } from "./cholesky.js";
import type { ScaledRow } from "./scaledRows.js";

/** Smallest share of a row's square that the others may leave unexplained: below it, rounding decides. */
const independent = 2 ** -46;

/** Rows from this length on are multiplied with each other once, and not with every point. */
const long = 2048;

/**
 * Affinely independent rows and the point of least Euclidean norm of their affine hull, z = Σ μₖ ẑₖ with Σ cₖ μₖ = 1: a corral of Wolfe's method.
 *
 *   (G + c cᵀ) u = c,  G = Ẑ Ẑᵀ,  μ = u / ⟨c, u⟩
 */
export class Corral {
  readonly rows: ScaledRow[] = [];
  /** μ, all positive after `settle`, in twice the precision. */
  #high: number[] = [];
  #low: number[] = [];
  readonly #factor = new Cholesky();
  readonly #products: RowProducts;
  readonly #isLong: boolean;
  /** z, rounded, and what the rounding took; undefined where μ has changed since. */
  #point: Float64Array | undefined;
  #rest: Float64Array;
  /** true: μ is as near as `refine` takes it. */
  #isRefined = false;

  /**
   * @param first     a row
   * @param products  keeps products of rows
   */
  constructor(first: ScaledRow, products: RowProducts) {
    this.#products = products;
    this.#isLong = first.row.length >= long;
    this.rows.push(first);
    this.#factor.append([], this.#entry(first, first), 0);
    this.#high = [1 / first.share];
    this.#low = [0];
    this.#rest = new Float64Array(first.row.length);
  }

  get multipliers(): readonly number[] {
    return this.#high;
  }

  /** z, rounded; overwritten when it changes. */
  get point(): Float64Array {
    this.#point ??= this.#placedPlainly();
    return this.#point;
  }

  /** ||z||₂². */
  square(): number {
    if (!this.#point && this.#isLong) return this.rows.reduce((sum, row, i) => sum + this.#high[i]! * this.product(row), 0);
    return innerProduct(this.point, 0, this.point, 0, this.point.length);
  }

  /** ⟨z, ẑ⟩ for any row. */
  product(row: ScaledRow): number {
    if (this.#point || !this.#isLong) return innerProduct(row.row, 0, this.point, 0, row.row.length);
    return this.rows.reduce((sum, own, i) => sum + this.#high[i]! * this.#products.of(own.index, own.row, row.index, row.row), 0);
  }

  /** Adds a row, with μ = 0; false if it depends on those within. */
  add(row: ScaledRow): boolean {
    const column = this.rows.map((other) => this.#entry(row, other));
    const own = this.#entry(row, row);
    if (!(this.#factor.append(column, own, independent) > independent)) return false;
    this.rows.push(row);
    this.#high.push(0);
    this.#low.push(0);
    return true;
  }

  /**
   * Takes in a row that depends on those within, ẑ = Σ wₖ ẑₖ but for what squares of its distance cannot tell, in place of the first whose multiplier
   * vanishes when the weight of this combination goes to the row itself.
   */
  exchange(row: ScaledRow): boolean {
    const w = this.#factor.solve(this.rows.map((other) => this.#entry(row, other)));
    let [weight, leaving] = [Infinity, -1];
    for (const [i, value] of w.entries()) {
      if (value > 0 && this.#high[i]! / value < weight) [weight, leaving] = [this.#high[i]! / value, i];
    }
    if (leaving < 0) return false;
    const left = this.rows[leaving]!;
    this.#high = this.#high.map((value, i) => Math.max(value - weight * w[i]!, 0));
    this.#low = this.#high.map(() => 0);
    this.#changed();
    this.#remove(leaving);
    if (!this.add(row)) {
      this.add(left);
      return false;
    }
    this.#high[this.#high.length - 1] = weight;
    return true;
  }

  #changed(): void {
    this.#point = undefined;
    this.#isRefined = false;
  }

  /** Moves to the least point of the convex hull that lies on this way: rows leave whose multipliers would be negative. */
  settle(): void {
    for (;;) {
      const u = this.#factor.solve(this.rows.map(({ share }) => share));
      const total = this.rows.reduce((sum, { share }, i) => sum + share * u[i]!, 0);
      if (this.#moveTo(Array.from(u, (value) => value / total))) return;
    }
  }

  /** Improves μ by the residuals of ⟨ẑₖ, z⟩ = cₖ ||z||², taken in twice the precision, until they are within a share of ||z||² or no longer shrink. */
  refine(rounds: number, share: number): void {
    if (this.#isRefined) return;
    this.#refine(rounds, share);
    this.#isRefined = true;
  }

  #refine(rounds: number, enough: number): void {
    this.#place();
    let before = Infinity;
    for (let round = 0; round < rounds; round++) {
      const products = this.rows.map(({ row }) => {
        const { high, low } = accumulate(row, this.point, this.#rest);
        return high + low;
      });
      const square = this.#high.reduce((sum, value, i) => sum + value * products[i]!, 0);
      const residuals = products.map((product, i) => square * this.rows[i]!.share - product);
      const worst = residuals.reduce((most, value, i) => Math.max(most, Math.abs(value) / this.rows[i]!.share), 0) / square;
      if (!(worst < before / 2) || worst < enough) return;
      before = worst;
      const shares = this.rows.map(({ share }) => share);
      const [step, along] = [this.#factor.solve(residuals), this.#factor.solve(shares)];
      const inner = (values: Float64Array): number => shares.reduce((sum, share, i) => sum + share * values[i]!, 0);
      const slack = this.#slack();
      const factor = (slack - inner(step)) / inner(along);
      const wanted = this.#high.map((value, i) => value + step[i]! + factor * along[i]!);
      if (wanted.some((value) => !(value > 0))) {
        if (this.#moveTo(wanted)) return;
        this.settle();
        this.#place();
        before = Infinity;
        continue;
      }
      for (const [i, value] of this.#high.entries()) {
        const change = step[i]! + factor * along[i]! + this.#low[i]!;
        const sum = value + change;
        this.#low[i] = change - (sum - value);
        this.#high[i] = sum;
      }
      this.#place();
    }
  }

  /** 1 - Σ cₖ μₖ. */
  #slack(): number {
    const { high, low } = accumulate(
      Float64Array.from(this.rows, ({ share }) => share),
      Float64Array.from(this.#high),
      Float64Array.from(this.#low),
    );
    return 1 - high - low;
  }

  /** Goes towards multipliers until one vanishes, whose row leaves; true where none does. */
  #moveTo(wanted: readonly number[]): boolean {
    let step = 1;
    let leaving = -1;
    for (const [i, value] of wanted.entries()) {
      if (value > 0) continue;
      const share = this.#high[i]! / (this.#high[i]! - value);
      if (share < step || leaving < 0) [step, leaving] = [Number.isNaN(share) ? 0 : share, i];
    }
    this.#high = this.#high.map((value, i) => (leaving < 0 ? wanted[i]! : (1 - step) * value + step * wanted[i]!));
    this.#low = this.#high.map(() => 0);
    this.#changed();
    if (leaving < 0) return true;
    this.#remove(leaving);
    return false;
  }

  #remove(at: number): void {
    this.rows.splice(at, 1);
    this.#high.splice(at, 1);
    this.#low.splice(at, 1);
    this.#factor.remove(at);
  }

  /** z = Σ μₖ ẑₖ in plain sums, which is enough on the way. */
  #placedPlainly(): Float64Array {
    const point = this.#rest.fill(0).slice();
    for (const [i, { row }] of this.rows.entries()) {
      const factor = this.#high[i]!;
      for (let j = 0; j < point.length; j++) point[j]! += factor * row[j]!;
    }
    return point;
  }

  /** z ← Σ μₖ ẑₖ in twice the precision. */
  #place(): void {
    const sum = new CompensatedSum(this.#rest.length);
    for (const [i, { row }] of this.rows.entries()) sum.add(this.#high[i]!, row, this.#low[i]!);
    const { high, low } = sum.split();
    this.#point = high;
    this.#rest = low;
  }

  #entry(one: ScaledRow, other: ScaledRow): number {
    return this.#products.of(one.index, one.row, other.index, other.row) + one.share * other.share;
  }
}
