import { type ExactRow, lengthOf } from "../arithmetic/exactRows.js";

/** Multipliers >= 0, not all 0, whose combination of the rows is 0; or, if there are none, a direction with a positive product with every row. */
export type ExactCombination =
  | { readonly multipliers: readonly bigint[]; readonly direction?: undefined }
  | { readonly multipliers?: undefined; readonly direction: readonly bigint[] };

/**
 * The alternative of Gordan, in integers: the first phase of the simplex method for Σ μₖ Zₖ = 0, Σ μₖ = 1, μ >= 0, with an artificial variable for every
 * equation. Bland's rule ends it; pivots keep all entries integers, determinants of the rows over one common denominator.
 *
 * Source: Bland, Mathematics of Operations Research 2 (1977); Edmonds, Journal of Research of the NBS 71B (1967).
 *
 * @param rows  integers, rows of one length
 */
export function exactCombination(rows: readonly ExactRow[]): ExactCombination {
  const p = rows[0]!.length;
  const m = p + 1;
  // denominator · B⁻¹, with denominator · B⁻¹ b behind it, b = (0, ..., 0, 1)
  const table: bigint[][] = Array.from({ length: m }, (_, i) =>
    Array.from({ length: m + 1 }, (_, j) => (j === i || (j === m && i === p) ? 1n : 0n)),
  );
  // the sum of the artificial variables in terms of the others
  let cost = new Array<bigint>(m + 1).fill(1n);
  const basis = Array.from({ length: m }, (_, i) => rows.length + i); // artificial variables come last
  let denominator = 1n;
  const priced = (weights: readonly bigint[], row: ExactRow): bigint => {
    let sum = weights[p]!;
    for (let j = 0; j < p; j++) sum += weights[j]! * row[j]!;
    return sum;
  };
  while (cost[m] !== 0n) {
    const entering = rows.findIndex((row) => priced(cost, row) > 0n);
    if (entering < 0) return { direction: cost.slice(0, p).map((value) => -value) };
    const column = table.map((line) => priced(line, rows[entering]!));
    const price = priced(cost, rows[entering]!);
    let leaving = -1;
    for (const [i, entry] of column.entries()) {
      if (entry <= 0n) continue;
      if (leaving < 0) {
        leaving = i;
        continue;
      }
      const difference = table[i]![m]! * column[leaving]! - table[leaving]![m]! * entry;
      if (difference < 0n || (difference === 0n && basis[i]! < basis[leaving]!)) leaving = i;
    }
    const pivot = column[leaving]!;
    const top = table[leaving]!;
    const reduced = (line: readonly bigint[], factor: bigint): bigint[] =>
      line.map((value, j) => (value * pivot - factor * top[j]!) / denominator);
    for (let i = 0; i < m; i++) if (i !== leaving) table[i] = reduced(table[i]!, column[i]!);
    cost = reduced(cost, price);
    basis[leaving] = entering;
    denominator = pivot;
  }
  const multipliers = rows.map(() => 0n);
  for (const [i, k] of basis.entries()) if (k < rows.length) multipliers[k] = table[i]![m]!;
  return { multipliers };
}

/**
 * Columns on which rows depend: their entries there have the rank of the rows, and every other column is a combination of these.
 *
 * @param rows      integers, rows of one length
 * @param mostBits  the length of a determinant beyond which the search ends
 * @returns the columns; undefined where determinants of them can be longer
 */
export function independentColumns(rows: readonly ExactRow[], mostBits: number): number[] | undefined {
  let longest = 1;
  for (const row of rows) for (const value of row) longest = Math.max(longest, lengthOf(value));
  const columns: number[] = [];
  let left: readonly ExactRow[] = rows;
  let denominator = 1n;
  for (;;) {
    const pivotRow = left.find((row) => row.some((value) => value !== 0n));
    if (!pivotRow) return columns;
    const column = pivotRow.findIndex((value) => value !== 0n);
    columns.push(column);
    if (columns.length * longest > mostBits) return undefined;
    const pivot = pivotRow[column]!;
    left = left
      .filter((row) => row !== pivotRow)
      .map((row) => row.map((value, j) => (value * pivot - row[column]! * pivotRow[j]!) / denominator));
    denominator = pivot;
  }
}
