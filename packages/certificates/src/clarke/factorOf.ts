/** Smallest share of its diagonal entry that the rows before may leave of a row. */
const independent = 2 ** -46;

/** The Cholesky factor L of M = L Lᵀ. */
export interface Factor {
  /** L⁻¹ of the rows of a matrix. */
  forward(across: readonly Float64Array[]): Float64Array[];
  /** M⁻¹ b. */
  solve(b: readonly number[]): Float64Array;
}

/**
 * The factor of some rows and columns of a symmetric matrix, with as much added to their diagonal as makes them independent.
 *
 * @param matrix  symmetric and positive semidefinite but for its rounding
 * @param rows    places of rows, each once
 */
export function factorOf(matrix: readonly Float64Array[], rows: readonly number[]): Factor {
  const order = rows.length;
  const lower: Float64Array[] = [];
  for (let i = 0; i < order; i++) {
    const row = new Float64Array(i + 1);
    const from = matrix[rows[i]!]!;
    const diagonal = from[rows[i]!]!;
    let rest = diagonal;
    for (let j = 0; j < i; j++) {
      const above = lower[j]!;
      let sum = from[rows[j]!]!;
      for (let m = 0; m < j; m++) sum -= above[m]! * row[m]!;
      row[j] = sum / above[j]!;
      rest -= row[j]! * row[j]!;
    }
    row[i] = Math.sqrt(Math.max(rest, independent * diagonal));
    lower.push(row);
  }
  return {
    forward: (across) => {
      const out: Float64Array[] = [];
      for (let i = 0; i < order; i++) {
        const row = across[i]!.slice();
        for (let j = 0; j < i; j++) {
          const factor = lower[i]![j]!;
          const before = out[j]!;
          for (let l = 0; l < row.length; l++) row[l]! -= factor * before[l]!;
        }
        const diagonal = lower[i]![i]!;
        for (let l = 0; l < row.length; l++) row[l]! /= diagonal;
        out.push(row);
      }
      return out;
    },
    solve: (b) => {
      const x = Float64Array.from(b);
      for (let i = 0; i < order; i++) {
        for (let j = 0; j < i; j++) x[i]! -= lower[i]![j]! * x[j]!;
        x[i]! /= lower[i]![i]!;
      }
      for (let i = order - 1; i >= 0; i--) {
        x[i]! /= lower[i]![i]!;
        for (let j = 0; j < i; j++) x[j]! -= lower[i]![j]! * x[i]!;
      }
      return x;
    },
  };
}
