import { type Doubled, difference, doubled, product, quotient, scaled, sum } from "../arithmetic/doubled.js";
import { DoubledCholesky } from "../arithmetic/doubledCholesky.js";
import { DoubledVector, doubledProduct } from "../arithmetic/doubledVector.js";
import { type Barrier, type Derivatives, type Scaled, valueAt } from "./barrier.js";

type Place = readonly [number, number];

/** Values at a point: U⁻¹, X = U⁻¹ Y row by row, X Xᵀ, and (c + 1) / ρ. */
interface State {
  readonly inverse: readonly DoubledVector[];
  readonly solved: readonly DoubledVector[];
  readonly squares: readonly (readonly Doubled[])[];
  readonly perRest: Doubled;
}

/**
 * The barrier of Σ σ(Y) < ℓ over the entries of Y in ℝ^(r×c), r <= c, and of a further symmetric U in ℝ^(r×r),
 *
 *   -log det U - (c + 1) log ρ,  ρ = 2 ℓ - tr U - tr(Yᵀ U⁻¹ Y),
 *
 * that of [[U, Y], [Yᵀ, V]] >= 0, tr U + tr V < 2 ℓ where V is best, but for a constant. Source: Nesterov and Nemirovskii, Interior-Point Polynomial
 * Algorithms (1994), proposition 5.1.5 for the partial minimum.
 */
export class NuclearBarrier implements Barrier {
  readonly parameter: number;
  readonly #entries: readonly Scaled[];
  readonly #rows: number;
  readonly #columns: number;
  readonly #limit: Scaled;
  readonly #own: readonly Scaled[];
  /** Rows and columns of the variables of U. */
  readonly #places: readonly Place[];
  /** c + 1. */
  readonly #weight: number;

  /**
   * @param entries  of Y, row by row
   * @param rows     of Y, no more than its columns
   * @param limit    ℓ
   * @param own      variables of U, row by row up to the diagonal
   */
  constructor(entries: readonly Scaled[], rows: number, limit: Scaled, own: readonly Scaled[]) {
    [this.#entries, this.#rows, this.#limit, this.#own] = [entries, rows, limit, own];
    this.#columns = entries.length / rows;
    this.#places = Array.from({ length: rows }, (_, a) => Array.from({ length: a + 1 }, (__, b): Place => [a, b])).flat();
    this.#weight = this.#columns + 1;
    this.parameter = rows + this.#columns + 1;
  }

  add(x: DoubledVector, to: Derivatives): boolean {
    const state = this.#stateAt(x);
    if (!state) return false;
    const slopes = this.#slopes(state);
    const all = [...this.#entries, ...this.#own, this.#limit];
    for (const [i, one] of all.entries()) to.addSlope(one, scaled(product(state.perRest, slopes[i]!), -1));
    for (const [at, [a, b]] of this.#places.entries()) to.addSlope(this.#own[at]!, scaled(state.inverse[a]!.at(b), a === b ? -1 : -2));
    if (!to.hessian) return true;
    const square = quotient(product(state.perRest, state.perRest), doubled(this.#weight)); // (c + 1) / ρ²
    for (const [i, one] of all.entries()) {
      for (let j = 0; j <= i; j++) to.addCurvature(one, all[j]!, product(square, product(slopes[i]!, slopes[j]!)));
    }
    this.#addCurvaturesOfRest(state, to);
    return true;
  }

  /** undefined where x is not inside. */
  #stateAt(x: DoubledVector): State | undefined {
    const [r, c] = [this.#rows, this.#columns];
    const matrix = Array.from({ length: r }, (_, i) => new DoubledVector(i + 1));
    for (const [at, [a, b]] of this.#places.entries()) matrix[a]!.set(b, valueAt(x, this.#own[at]!));
    const inverse = DoubledCholesky.of(matrix)?.inverse();
    if (!inverse) return undefined;
    const solved = Array.from({ length: r }, () => new DoubledVector(c));
    let rest = scaled(valueAt(x, this.#limit), 2);
    for (let i = 0; i < r; i++) rest = difference(rest, matrix[i]!.at(i));
    for (let j = 0; j < c; j++) {
      const column = new DoubledVector(r);
      for (let i = 0; i < r; i++) column.set(i, valueAt(x, this.#entries[i * c + j]!));
      for (let i = 0; i < r; i++) {
        solved[i]!.set(j, doubledProduct(inverse[i]!, column, r));
        rest = difference(rest, product(column.at(i), solved[i]!.at(j)));
      }
    }
    if (!(rest.high > 0)) return undefined;
    const squares = solved.map((row) => solved.map((other) => doubledProduct(row, other, c)));
    return { inverse, solved, squares, perRest: quotient(doubled(this.#weight), rest) };
  }

  /** The derivatives of ρ by the entries, by U and by ℓ: -2 X, X Xᵀ - I and 2. */
  #slopes({ solved, squares }: State): Doubled[] {
    const ofEntries = this.#entries.map((_, at) => scaled(this.#atEntry(solved, at), -2));
    const ofOwn = this.#places.map(([a, b]) => (a === b ? difference(squares[a]![b]!, doubled(1)) : scaled(squares[a]![b]!, 2)));
    return [...ofEntries, ...ofOwn, doubled(2)];
  }

  #atEntry(rows: readonly DoubledVector[], at: number): Doubled {
    return rows[Math.floor(at / this.#columns)]!.at(at % this.#columns);
  }

  /** Adds -(c + 1) ρ'' / ρ, where ρ'' of (dY, dU) is -2 tr((dY - dU X)ᵀ U⁻¹ (dY - dU X)), and the curvature of -log det U. */
  #addCurvaturesOfRest({ inverse, solved, squares, perRest }: State, to: Derivatives): void {
    const c = this.#columns;
    for (const [at, entry] of this.#entries.entries()) {
      const [i, j] = [Math.floor(at / c), at % c];
      for (let k = 0; k <= i; k++) to.addCurvature(entry, this.#entries[k * c + j]!, scaled(product(perRest, inverse[i]!.at(k)), 2));
      for (const [own, [a, b]] of this.#places.entries()) {
        // eᵢᵀ U⁻¹ S X eⱼ, S = e_a e_bᵀ + e_b e_aᵀ
        let value = product(inverse[i]!.at(a), solved[b]!.at(j));
        if (a !== b) value = sum(value, product(inverse[i]!.at(b), solved[a]!.at(j)));
        to.addCurvature(entry, this.#own[own]!, scaled(product(perRest, value), -2));
      }
    }
    for (const [one, first] of this.#places.entries()) {
      for (const [other, second] of this.#places.slice(0, one + 1).entries()) {
        // tr(U⁻¹ S U⁻¹ S') + 2 (c + 1)/ρ tr(S U⁻¹ S' X Xᵀ), summed over S = e_p e_qᵀ and S' = e_g e_hᵀ
        let total = doubled(0);
        for (const [p, q] of bothOrders(first)) {
          for (const [g, h] of bothOrders(second)) {
            const right = sum(scaled(product(perRest, squares[h]![p]!), 2), inverse[h]!.at(p));
            total = sum(total, product(inverse[q]!.at(g), right));
          }
        }
        to.addCurvature(this.#own[one]!, this.#own[other]!, total);
      }
    }
  }
}

/** A place of a symmetric matrix and its mirror image; once on the diagonal. */
function bothOrders([a, b]: Place): readonly Place[] {
  return a === b
    ? [[a, b]]
    : [
        [a, b],
        [b, a],
      ];
}
