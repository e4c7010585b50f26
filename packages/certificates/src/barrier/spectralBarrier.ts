import { type Doubled, doubled, product, scaled, sum } from "../arithmetic/doubled.js";
import { DoubledCholesky } from "../arithmetic/doubledCholesky.js";
import { DoubledVector, doubledProduct } from "../arithmetic/doubledVector.js";
import { type Barrier, type Derivatives, type Scaled, valueAt } from "./barrier.js";

/** The barrier -log det M of σ₁(Y) < ℓ, M = [[ℓ I, Y], [Yᵀ, ℓ I]]. Source: Nesterov and Nemirovskii, Interior-Point Polynomial Algorithms (1994). */
export class SpectralBarrier implements Barrier {
  readonly parameter: number;
  readonly #entries: readonly Scaled[];
  readonly #rows: number;
  readonly #columns: number;
  readonly #limit: Scaled;

  /**
   * @param entries  of Y, row by row
   * @param rows     of Y
   * @param limit    ℓ
   */
  constructor(entries: readonly Scaled[], rows: number, limit: Scaled) {
    [this.#entries, this.#rows, this.#limit] = [entries, rows, limit];
    this.#columns = entries.length / rows;
    this.parameter = rows + this.#columns;
  }

  add(x: DoubledVector, to: Derivatives): boolean {
    const [rows, columns, order] = [this.#rows, this.#columns, this.parameter];
    const limit = valueAt(x, this.#limit);
    const matrix = Array.from({ length: order }, (_, i) => {
      const row = new DoubledVector(i + 1);
      row.set(i, limit);
      return row;
    });
    for (const [at, entry] of this.#entries.entries()) matrix[rows + (at % columns)]!.set(Math.floor(at / columns), valueAt(x, entry));
    const inverse = limit.high > 0 ? DoubledCholesky.of(matrix)?.inverse() : undefined;
    if (!inverse) return false;
    const trace = inverse.reduce<Doubled>((total, row, i) => sum(total, row.at(i)), doubled(0));
    const placeOf = (at: number): [number, number] => [Math.floor(at / columns), rows + (at % columns)];
    for (const [at, entry] of this.#entries.entries()) {
      const [i, j] = placeOf(at);
      to.addSlope(entry, scaled(inverse[i]!.at(j), -2));
    }
    to.addSlope(this.#limit, scaled(trace, -1));
    if (!to.hessian) return true;
    for (const [at, entry] of this.#entries.entries()) {
      const [i, j] = placeOf(at);
      for (let other = 0; other <= at; other++) {
        const [k, l] = placeOf(other);
        const both = sum(product(inverse[i]!.at(k), inverse[j]!.at(l)), product(inverse[k]!.at(j), inverse[i]!.at(l)));
        to.addCurvature(entry, this.#entries[other]!, scaled(both, 2));
      }
      to.addCurvature(entry, this.#limit, scaled(doubledProduct(inverse[i]!, inverse[j]!, order), 2));
    }
    const squares = inverse.reduce<Doubled>((total, row) => sum(total, doubledProduct(row, row, order)), doubled(0));
    to.addCurvature(this.#limit, this.#limit, squares);
    return true;
  }
}
