import { type Doubled, difference, quotient, squareRoot } from "./doubled.js";
import { DoubledVector, doubledProduct } from "./doubledVector.js";

/** The Cholesky factor L of a symmetric positive definite matrix M = L Lᵀ in twice the precision of doubles. */
export class DoubledCholesky {
  readonly #rows: readonly DoubledVector[];
  readonly #columns: readonly DoubledVector[];

  private constructor(rows: readonly DoubledVector[], columns: readonly DoubledVector[]) {
    [this.#rows, this.#columns] = [rows, columns];
  }

  /** The factor of a matrix, of which row i is read up to entry i; undefined where rounding takes it for indefinite. */
  static of(matrix: readonly DoubledVector[]): DoubledCholesky | undefined {
    const order = matrix.length;
    const rows: DoubledVector[] = [];
    for (let i = 0; i < order; i++) {
      const row = new DoubledVector(order);
      rows.push(row);
      for (let j = 0; j <= i; j++) {
        const rest = difference(matrix[i]!.at(j), doubledProduct(row, rows[j]!, j));
        if (j < i) row.set(j, quotient(rest, rows[j]!.at(j)));
        else if (rest.high > 0 && rest.high < Infinity) row.set(i, squareRoot(rest));
        else return undefined;
      }
    }
    const columns = rows.map((_, j) => {
      const column = new DoubledVector(order);
      for (let i = j; i < order; i++) column.set(i, rows[i]!.at(j));
      return column;
    });
    return new DoubledCholesky(rows, columns);
  }

  /** M⁻¹ b. */
  solve(b: DoubledVector): DoubledVector {
    const order = b.length;
    const x = new DoubledVector(order);
    for (let i = 0; i < order; i++) {
      const row = this.#rows[i]!;
      x.set(i, quotient(difference(b.at(i), doubledProduct(row, x, i)), row.at(i)));
    }
    const out = new DoubledVector(order);
    for (let i = order - 1; i >= 0; i--) {
      const column = this.#columns[i]!;
      const own: Doubled = column.at(i);
      out.set(i, quotient(difference(x.at(i), doubledProduct(column, out, order)), own)); // entries of `out` up to i are still 0
    }
    return out;
  }

  /** M⁻¹. */
  inverse(): DoubledVector[] {
    return this.#rows.map((_, i) => {
      const unit = new DoubledVector(this.#rows.length);
      unit.high[i] = 1;
      return this.solve(unit);
    });
  }
}
