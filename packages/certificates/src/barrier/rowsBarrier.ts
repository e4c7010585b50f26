import { accumulate } from "../arithmetic/compensated.js";
import { type Doubled, difference, doubled, product, quotient, renormalized, scaled } from "../arithmetic/doubled.js";
import { DoubledVector } from "../arithmetic/doubledVector.js";
import { innerProduct } from "../arithmetic/innerProduct.js";
import type { ScaledRow } from "../solver/scaledRows.js";
import type { Barrier, Derivatives, RoundedCurvature } from "./barrier.js";

/**
 * The barrier -Σ log(⟨ẑₖ, x⟩ - cₖ t) of rows whose margins are above t. Its variables are the entries of x, then t.
 */
export class RowsBarrier implements Barrier {
  readonly parameter: number;
  /** Rows (ẑₖ, -cₖ), and their columns. */
  readonly #rows: readonly Float64Array[];
  readonly #columns: readonly Float64Array[];

  constructor(rows: readonly Pick<ScaledRow, "row" | "share">[]) {
    this.parameter = rows.length;
    this.#rows = rows.map(({ row, share }) => Float64Array.of(...row, -share));
    const width = this.#rows[0]!.length;
    this.#columns = Array.from({ length: width }, (_, j) => Float64Array.from(this.#rows, (row) => row[j]!));
  }

  add(x: DoubledVector, to: Derivatives): boolean {
    const inverse = this.#inverseSlacks(x);
    if (!inverse) return false;
    const width = this.#columns.length;
    for (const [j, column] of this.#columns.entries()) {
      to.gradient.add(j, scaled(productOf(column, inverse), -1));
    }
    if (!to.hessian) return true;
    const squares = squaresOf(inverse);
    const weighted = new DoubledVector(inverse.length);
    for (let i = 0; i < width; i++) {
      const column = this.#columns[i]!;
      for (let k = 0; k < inverse.length; k++) weighted.set(k, scaled(squares.at(k), column[k]!));
      for (let j = 0; j <= i; j++) to.hessian[i]!.add(j, productOf(this.#columns[j]!, weighted));
    }
    return true;
  }

  rounded(x: DoubledVector): RoundedCurvature | undefined {
    const inverse = this.#inverseSlacks(x);
    if (!inverse) return undefined;
    const squares = squaresOf(inverse);
    return {
      addTo: (matrix) => {
        const weighted = new Float64Array(inverse.length);
        for (const [i, column] of this.#columns.entries()) {
          for (let k = 0; k < weighted.length; k++) weighted[k] = column[k]! * squares.high[k]!;
          for (let j = 0; j <= i; j++) matrix[i]![j]! += innerProduct(this.#columns[j]!, 0, weighted, 0, weighted.length);
        }
      },
      addAlong: (v, out) => {
        const [high, low] = this.#leading(v);
        const moved = new DoubledVector(inverse.length);
        for (const [k, row] of this.#rows.entries()) moved.set(k, product(sumOf(row, high, low), squares.at(k)));
        for (const [j, column] of this.#columns.entries()) out.add(j, productOf(column, moved));
      },
    };
  }

  roots(x: DoubledVector): readonly DoubledVector[] {
    const inverse = this.#inverseSlacks(x);
    return this.#rows.map((row, k) => {
      const out = new DoubledVector(x.length);
      for (const [j, value] of row.entries()) out.set(j, scaled(inverse!.at(k), value));
      return out;
    });
  }

  /** Multipliers 1/sₖ (1 - dₖ/sₖ) of the slacks sₖ at x and their changes dₖ along a way: where this is a Newton step, they fit its end. */
  multipliers(x: DoubledVector, way: DoubledVector): DoubledVector | undefined {
    const inverse = this.#inverseSlacks(x);
    if (!inverse) return undefined;
    const out = new DoubledVector(inverse.length);
    const [high, low] = this.#leading(way);
    for (const [k, row] of this.#rows.entries()) {
      const change = product(sumOf(row, high, low), inverse.at(k));
      out.set(k, product(inverse.at(k), difference(doubled(1), change)));
    }
    return out;
  }

  #inverseSlacks(x: DoubledVector): DoubledVector | undefined {
    const out = new DoubledVector(this.#rows.length);
    const [high, low] = this.#leading(x);
    for (const [k, row] of this.#rows.entries()) {
      const slack = sumOf(row, high, low);
      if (!(slack.high > 0)) return undefined;
      out.set(k, quotient(doubled(1), slack));
    }
    return out;
  }

  #leading(x: DoubledVector): [Float64Array, Float64Array] {
    const width = this.#columns.length;
    return [x.high.subarray(0, width), x.low.subarray(0, width)];
  }
}

function squaresOf(values: DoubledVector): DoubledVector {
  const squares = new DoubledVector(values.length);
  for (let k = 0; k < values.length; k++) squares.set(k, product(values.at(k), values.at(k)));
  return squares;
}

function sumOf(row: Float64Array, high: Float64Array, low: Float64Array): Doubled {
  const sum = accumulate(row, high, low);
  return renormalized(sum.high, sum.low);
}

function productOf(column: Float64Array, values: DoubledVector): Doubled {
  return sumOf(column, values.high, values.low);
}
