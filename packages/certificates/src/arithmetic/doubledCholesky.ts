import { type Doubled, difference, negative, quotient, scaled, squareRoot } from "./doubled.js";
import { DoubledVector, doubledProduct } from "./doubledVector.js";

/** Corrections of a solution by a factor from roots. */
const corrections = 2;

/** The Cholesky factor L of a symmetric positive definite matrix M = L Lᵀ in twice the precision of doubles. */
export class DoubledCholesky {
  readonly #rows: readonly DoubledVector[];
  readonly #columns: readonly DoubledVector[];

  /** The columns of R with M = Rᵀ R, where it was factored from these. */
  readonly #root: readonly DoubledVector[] | undefined;

  private constructor(rows: readonly DoubledVector[], root?: readonly DoubledVector[]) {
    [this.#rows, this.#root] = [rows, root];
    this.#columns = rows.map((_, j) => {
      const column = new DoubledVector(rows.length);
      for (let i = j; i < rows.length; i++) column.set(i, rows[i]!.at(j));
      return column;
    });
  }

  /** The factor of a matrix, of which row i is read up to entry i; undefined where rounding takes it for indefinite. */
  static of(matrix: readonly DoubledVector[]): DoubledCholesky | undefined {
    const rows = factorOf(matrix);
    return rows && new DoubledCholesky(rows);
  }

  /**
   * The factor of M = Rᵀ R + S from the rows of R and the factor of S, of which rows and columns may be 0, by an orthogonal triangularization of both: it takes
   * more time than M, and the square root of its condition.
   *
   * @param roots  rows of R
   * @param rest   S, of which row i is read up to entry i
   * @returns undefined where rounding takes S for indefinite, or M for singular
   */
  static ofRoots(roots: readonly DoubledVector[], rest: readonly DoubledVector[]): DoubledCholesky | undefined {
    const order = rest.length;
    const own = factorOf(rest, true);
    if (!own) return undefined;
    const columns = rest.map((_, j) => {
      const column = new DoubledVector(roots.length + order);
      for (const [i, root] of roots.entries()) column.set(i, root.at(j));
      for (let i = 0; i < order; i++) column.set(roots.length + i, own[j]!.at(i));
      return column;
    });
    const rows = triangularized(columns.map((column) => column.slice()));
    return rows && new DoubledCholesky(rows, columns);
  }

  /** M⁻¹ b; from roots with corrections by the residuals b - Rᵀ (R x). Source: Björck, Numerical Methods for Least Squares Problems (1996), section 2.9.3. */
  solve(b: DoubledVector): DoubledVector {
    let x = this.#solveOnce(b);
    for (let round = 0; this.#root && round < corrections; round++) x = x.plus(this.#solveOnce(this.#residual(this.#root, b, x)));
    return x;
  }

  #solveOnce(b: DoubledVector): DoubledVector {
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

  #residual(root: readonly DoubledVector[], b: DoubledVector, x: DoubledVector): DoubledVector {
    const moved = new DoubledVector(root[0]!.length);
    for (const [j, column] of root.entries()) moved.addMultiple(column, x.at(j));
    const out = b.slice();
    for (const [j, column] of root.entries()) out.add(j, negative(doubledProduct(column, moved, column.length)));
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

/** The rows of L with L Lᵀ = M; undefined where rounding takes M for indefinite. With `mayVanish`, rows of M that are 0 are rows of L that are. */
function factorOf(matrix: readonly DoubledVector[], mayVanish = false): DoubledVector[] | undefined {
  const order = matrix.length;
  const rows: DoubledVector[] = [];
  for (let i = 0; i < order; i++) {
    const row = new DoubledVector(order);
    rows.push(row);
    if (mayVanish && matrix[i]!.high[i] === 0) continue;
    for (let j = 0; j <= i; j++) {
      if (j < i && rows[j]!.high[j] === 0) continue;
      const rest = difference(matrix[i]!.at(j), doubledProduct(row, rows[j]!, j));
      if (j < i) row.set(j, quotient(rest, rows[j]!.at(j)));
      else if (rest.high > 0 && rest.high < Infinity) row.set(i, squareRoot(rest));
      else return undefined;
    }
  }
  return rows;
}

/** The rows of L with L Lᵀ = Mᵀ M of a matrix by its columns, which are overwritten, by reflections. Source: Golub and Van Loan, section 5.2. */
function triangularized(columns: readonly DoubledVector[]): DoubledVector[] | undefined {
  const rows = columns.map(() => new DoubledVector(columns.length));
  for (const [k, column] of columns.entries()) {
    const v = column.from(k);
    const square = doubledProduct(v, v, v.length);
    if (!(square.high > 0 && square.high < Infinity)) return undefined;
    const length = squareRoot(square);
    const diagonal = v.high[0]! > 0 ? negative(length) : length;
    v.add(0, negative(diagonal));
    const half = scaled(doubledProduct(v, v, v.length), 0.5);
    rows[k]!.set(k, diagonal);
    for (let j = k + 1; j < columns.length; j++) {
      const other = columns[j]!.from(k);
      other.addMultiple(v, negative(quotient(doubledProduct(v, other, v.length), half)));
      rows[j]!.set(k, other.at(0));
    }
  }
  return rows;
}
