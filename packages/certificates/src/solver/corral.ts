import { accumulate, CompensatedSum } from "../arithmetic/compensated.js";
import { innerProduct } from "../arithmetic/innerProduct.js";
import { Cholesky } from "./cholesky.js";
import type { ScaledRow } from "./scaledRows.js";

/** Smallest share of a row's square that the others may leave unexplained: below it, rounding decides. */
const independent = 2 ** -46;

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
  /** z, rounded, and what the rounding took. */
  point: Float64Array;
  #rest: Float64Array;

  constructor(first: ScaledRow) {
    this.rows.push(first);
    this.#factor.append([], this.#entry(first, first), 0);
    this.#high = [1 / first.share];
    this.#low = [0];
    this.point = first.row.map((value) => value / first.share);
    this.#rest = new Float64Array(first.row.length);
  }

  get multipliers(): readonly number[] {
    return this.#high;
  }

  /** ||z||₂². */
  square(): number {
    return innerProduct(this.point, 0, this.point, 0, this.point.length);
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

  /** Moves to the least point of the convex hull that lies on this way: rows leave whose multipliers would be negative. */
  settle(): void {
    for (;;) {
      const u = this.#factor.solve(this.rows.map(({ share }) => share));
      const total = this.rows.reduce((sum, { share }, i) => sum + share * u[i]!, 0);
      if (this.#moveTo(Array.from(u, (value) => value / total))) break;
    }
    this.#placePlainly();
  }

  /** Improves μ by the residuals of ⟨ẑₖ, z⟩ = cₖ ||z||², taken in twice the precision, until they no longer shrink. */
  refine(rounds: number): void {
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
      if (!(worst < before / 2) || worst < 2 ** -50) return;
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

  /** z ← Σ μₖ ẑₖ in plain sums, which is enough on the way. */
  #placePlainly(): void {
    const { point } = this;
    point.fill(0);
    for (const [i, { row }] of this.rows.entries()) {
      const factor = this.#high[i]!;
      for (let j = 0; j < point.length; j++) point[j]! += factor * row[j]!;
    }
    this.#rest.fill(0);
  }

  /** z ← Σ μₖ ẑₖ in twice the precision. */
  #place(): void {
    const sum = new CompensatedSum(this.point.length);
    for (const [i, { row }] of this.rows.entries()) sum.add(this.#high[i]!, row, this.#low[i]!);
    const { high, low } = sum.split();
    this.point = high;
    this.#rest = low;
  }

  #entry(one: ScaledRow, other: ScaledRow): number {
    return innerProduct(one.row, 0, other.row, 0, one.row.length) + one.share * other.share;
  }
}
