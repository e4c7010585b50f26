/** A square matrix as L U with rows exchanged; undefined where it is singular to working precision. */
export class Lu {
  readonly #rows: Float64Array[];
  readonly #order: number[];

  private constructor(rows: Float64Array[], order: number[]) {
    this.#rows = rows;
    this.#order = order;
  }

  /** Factors the matrix of these rows, which are overwritten. */
  static of(rows: Float64Array[]): Lu | undefined {
    const n = rows.length;
    const order = rows.map((_, i) => i);
    for (let k = 0; k < n; k++) {
      let pivot = k;
      for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
      [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
      [order[k], order[pivot]] = [order[pivot]!, order[k]!];
      const top = rows[k]!;
      if (!(Math.abs(top[k]!) > 0)) return undefined;
      for (let i = k + 1; i < n; i++) {
        const row = rows[i]!;
        if (row[k] === 0) continue;
        const factor = row[k]! / top[k]!;
        row[k] = factor;
        for (let j = k + 1; j < n; j++) row[j]! -= factor * top[j]!;
      }
    }
    return new Lu(rows, order);
  }

  /** x with A x = b. */
  solve(b: ArrayLike<number>): Float64Array {
    const n = this.#rows.length;
    const x = Float64Array.from(this.#order, (k) => b[k]!);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) x[i]! -= this.#rows[i]![j]! * x[j]!;
    for (let i = n - 1; i >= 0; i--) {
      for (let j = i + 1; j < n; j++) x[i]! -= this.#rows[i]![j]! * x[j]!;
      x[i]! /= this.#rows[i]![i]!;
    }
    return x;
  }

  /** x with Aᵀ x = b. */
  solveTransposed(b: ArrayLike<number>): Float64Array {
    const n = this.#rows.length;
    const y = Float64Array.from(b);
    for (let i = 0; i < n; i++) {
      y[i]! /= this.#rows[i]![i]!;
      for (let j = i + 1; j < n; j++) y[j]! -= this.#rows[i]![j]! * y[i]!;
    }
    for (let i = n - 1; i >= 0; i--) for (let j = 0; j < i; j++) y[j]! -= this.#rows[i]![j]! * y[i]!;
    const x = new Float64Array(n);
    this.#order.forEach((k, i) => {
      x[k] = y[i]!;
    });
    return x;
  }
}
