/** The Cholesky factor L of a growing and shrinking symmetric positive definite matrix M = L Lᵀ. */
export class Cholesky {
  readonly #rows: Float64Array[] = [];

  get order(): number {
    return this.#rows.length;
  }

  /**
   * Adds a last row and column.
   *
   * @param column    its entries with the rows before
   * @param diagonal  its own
   * @returns the share of the diagonal that the rows before do not explain; the row is not added where that is not above `least`
   */
  append(column: ArrayLike<number>, diagonal: number, least: number): number {
    const row = new Float64Array(this.order + 1);
    let rest = diagonal;
    for (let i = 0; i < this.order; i++) {
      const above = this.#rows[i]!;
      let sum = column[i]!;
      for (let j = 0; j < i; j++) sum -= above[j]! * row[j]!;
      row[i] = sum / above[i]!;
      rest -= row[i]! * row[i]!;
    }
    const share = rest / diagonal;
    if (!(share > least)) return share;
    row[this.order] = Math.sqrt(rest);
    this.#rows.push(row);
    return share;
  }

  /** Removes row and column `at`, by rotations of the rows below. */
  remove(at: number): void {
    this.#rows.splice(at, 1);
    for (let k = at; k < this.order; k++) {
      const row = this.#rows[k]!;
      const [a, b] = [row[k]!, row[k + 1]!];
      const radius = Math.sqrt(a * a + b * b);
      const [c, s] = [a / radius, b / radius];
      for (let i = k; i < this.order; i++) {
        const lower = this.#rows[i]!;
        const [x, y] = [lower[k]!, lower[k + 1]!];
        lower[k] = c * x + s * y;
        lower[k + 1] = c * y - s * x;
      }
      this.#rows[k] = row.slice(0, k + 1);
    }
  }

  /** M⁻¹ b. */
  solve(b: ArrayLike<number>): Float64Array {
    const x = Float64Array.from(b);
    const n = this.order;
    for (let i = 0; i < n; i++) {
      const row = this.#rows[i]!;
      let sum = x[i]!;
      for (let j = 0; j < i; j++) sum -= row[j]! * x[j]!;
      x[i] = sum / row[i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      x[i]! /= this.#rows[i]![i]!;
      const row = this.#rows[i]!;
      for (let j = 0; j < i; j++) x[j]! -= row[j]! * x[i]!;
    }
    return x;
  }
}
