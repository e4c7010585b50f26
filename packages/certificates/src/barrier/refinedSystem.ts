import { DoubledVector, doubledProduct } from "../arithmetic/doubledVector.js";
import { Cholesky } from "../solver/cholesky.js";
import type { Barrier, Derivatives, RoundedCurvature } from "./barrier.js";

/** Most steps of conjugate gradients. */
const mostRounds = 12;
/** The share of the solution, in the norm of the Hessian, that may be wrong. */
const enough = 2 ** -40;
/** The share of a diagonal entry below which a factor in doubles is of rounding alone. */
const leastPivot = 2 ** -50;

/**
 * The Hessian of a sum of barriers, factored in doubles: solutions are those of twice the precision by conjugate gradients, which the factor preconditions and
 * whose products with the Hessian need no Hessian. Source: Golub and Van Loan, Matrix Computations, section 11.5.
 */
export class RefinedSystem {
  readonly #factor: Cholesky;
  /** Rows of the part that is known in twice the precision. */
  readonly #rows: readonly DoubledVector[];
  readonly #operators: readonly RoundedCurvature[];

  private constructor(factor: Cholesky, rows: readonly DoubledVector[], operators: readonly RoundedCurvature[]) {
    [this.#factor, this.#rows, this.#operators] = [factor, rows, operators];
  }

  /**
   * Adds the derivatives of barriers at a point inside, but for the Hessians of those that have one in doubles, and factors the Hessian.
   *
   * @returns undefined where x is not inside, or doubles take the Hessian for indefinite
   */
  static of(barriers: readonly Barrier[], x: DoubledVector, to: Derivatives): RefinedSystem | undefined {
    const operators: RoundedCurvature[] = [];
    for (const barrier of barriers) {
      const operator = barrier.rounded?.(x);
      if (!barrier.add(x, operator ? to.slopesAlone() : to)) return undefined;
      if (operator) operators.push(operator);
    }
    return RefinedSystem.ofParts(to.hessian!, operators);
  }

  /**
   * Factors the sum of a matrix, of which row i is read up to entry i, and of curvatures in doubles.
   *
   * @returns undefined where doubles take it for indefinite
   */
  static ofParts(own: readonly DoubledVector[], operators: readonly RoundedCurvature[]): RefinedSystem | undefined {
    const matrix = own.map(({ high }) => high.slice());
    for (const operator of operators) operator.addTo(matrix);
    const factor = new Cholesky();
    for (const [i, row] of matrix.entries()) if (!(factor.append(row, row[i]!, leastPivot) > leastPivot)) return undefined;
    const rows = own.map((row, i) => {
      const full = new DoubledVector(own.length);
      for (let j = 0; j < own.length; j++) full.set(j, j <= i ? row.at(j) : own[j]!.at(i));
      return full;
    });
    return new RefinedSystem(factor, rows, operators);
  }

  /** M⁻¹ b, of which a share `wrong` may be wrong in the norm of M; undefined where the factor is too far from M for that to come soon. */
  solve(b: DoubledVector, wrong: number = enough): DoubledVector | undefined {
    let [x, rest] = [new DoubledVector(b.length), b];
    let way = this.#factor.solve(rest.high);
    let square = doubledProduct(rest, new DoubledVector(b.length, way), b.length).high;
    const least = square * wrong * wrong;
    for (let round = 0; round < mostRounds; round++) {
      const along = new DoubledVector(b.length, way);
      const moved = this.#times(along);
      const length = square / doubledProduct(along, moved, b.length).high;
      if (!(length > 0 && length < Infinity)) return undefined;
      x = x.plus(along, length);
      rest = rest.plus(moved, -length);
      const next = this.#factor.solve(rest.high);
      const left = doubledProduct(rest, new DoubledVector(b.length, next), b.length).high;
      if (left <= least) return x;
      const share = left / square;
      way = way.map((value, j) => next[j]! + share * value);
      square = left;
    }
    return undefined;
  }

  #times(v: DoubledVector): DoubledVector {
    const out = new DoubledVector(v.length);
    for (const [i, row] of this.#rows.entries()) out.set(i, doubledProduct(row, v, v.length));
    for (const operator of this.#operators) operator.addAlong(v, out);
    return out;
  }
}
