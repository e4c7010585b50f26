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

  constructor(rows: readonly Omit<ScaledRow, "length">[]) {
    this.parameter = rows.length;
    this.#rows = rows.map(({ row, share }) => Float64Array.of(...row, -share));
    const width = this.#rows[0]!.length;
    this.#columns = Array.from({ length: width }, (_, j) => Float64Array.from(this.#rows, (row) => row[j]!));
  }

  add(x: DoubledVector, to: Derivatives): boolean {
    const inverse = this.inverseSlacks(x);
    if (!inverse) return false;
    this.addSlopes(inverse, to);
    if (to.hessian) this.addCurvatures(squaresOf(inverse), to.hessian);
    return true;
  }

  /** Adds -Σ wₖ aₖ over the rows aₖ = (ẑₖ, -cₖ). */
  addSlopes(weights: DoubledVector, { gradient }: Derivatives): void {
    for (const [j, column] of this.#columns.entries()) gradient.add(j, scaled(productOf(column, weights), -1));
  }

  /** Adds Σ wₖ aₖ aₖᵀ over the rows aₖ = (ẑₖ, -cₖ). */
  addCurvatures(weights: DoubledVector, hessian: readonly DoubledVector[]): void {
    const weighted = new DoubledVector(weights.length);
    for (const [i, column] of this.#columns.entries()) {
      for (let k = 0; k < weights.length; k++) weighted.set(k, scaled(weights.at(k), column[k]!));
      for (let j = 0; j <= i; j++) hessian[i]!.add(j, productOf(this.#columns[j]!, weighted));
    }
  }

  /** The changes of the slacks along a way, as shares of these. */
  changes(inverse: DoubledVector, way: DoubledVector): Float64Array {
    const [high, low] = this.#leading(way);
    return Float64Array.from(this.#rows, (row, k) => product(sumOf(row, high, low), inverse.at(k)).high);
  }

  rounded(x: DoubledVector): RoundedCurvature | undefined {
    const inverse = this.inverseSlacks(x);
    return inverse && this.roundedBy(squaresOf(inverse));
  }

  /** Σ wₖ aₖ aₖᵀ over the rows aₖ = (ẑₖ, -cₖ). */
  roundedBy(squares: DoubledVector): RoundedCurvature {
    return {
      addTo: (matrix) => {
        const weighted = new Float64Array(squares.length);
        for (const [i, column] of this.#columns.entries()) {
          for (let k = 0; k < weighted.length; k++) weighted[k] = column[k]! * squares.high[k]!;
          for (let j = 0; j <= i; j++) matrix[i]![j]! += innerProduct(this.#columns[j]!, 0, weighted, 0, weighted.length);
        }
      },
      addAlong: (v, out) => {
        const [high, low] = this.#leading(v);
        const moved = new DoubledVector(squares.length);
        for (const [k, row] of this.#rows.entries()) moved.set(k, product(sumOf(row, high, low), squares.at(k)));
        for (const [j, column] of this.#columns.entries()) out.add(j, productOf(column, moved));
      },
    };
  }

  roots(x: DoubledVector): readonly DoubledVector[] {
    const inverse = this.inverseSlacks(x);
    return this.#rows.map((row, k) => {
      const out = new DoubledVector(x.length);
      for (const [j, value] of row.entries()) out.set(j, scaled(inverse!.at(k), value));
      return out;
    });
  }

  /** Multipliers 1/sₖ (1 - dₖ/sₖ) of the slacks sₖ at x and their changes dₖ along a way: where this is a Newton step, they fit its end. */
  multipliers(x: DoubledVector, way: DoubledVector): DoubledVector | undefined {
    const inverse = this.inverseSlacks(x);
    if (!inverse) return undefined;
    const out = new DoubledVector(inverse.length);
    const [high, low] = this.#leading(way);
    for (const [k, row] of this.#rows.entries()) {
      const change = product(sumOf(row, high, low), inverse.at(k));
      out.set(k, product(inverse.at(k), difference(doubled(1), change)));
    }
    return out;
  }

  /** 1/sₖ of the slacks; undefined where one is not above 0. */
  inverseSlacks(x: DoubledVector): DoubledVector | undefined {
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
