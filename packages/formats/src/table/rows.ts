/**
 * The numbers of all rows.
 *
 * @param count  how many there are
 * @returns 0, 1, 2, ...
 */
export const allRows = (count: number): readonly number[] => Array.from({ length: count }, (_, row) => row);

/**
 * Flags of rows as their numbers.
 *
 * @param flags  a number per row, 0 for those that are left out
 * @returns numbers of the others, ascending
 */
export const flagged = (flags: Uint8Array): readonly number[] => allRows(flags.length).filter((row) => flags[row] !== 0);

/**
 * The values of some rows.
 *
 * @param values  of all rows
 * @param rows    numbers of rows; all of them without
 * @returns the values of those; `values` itself where all are wanted
 */
export const ofRows = (values: Float64Array, rows: readonly number[] | undefined): Float64Array =>
  rows ? Float64Array.from(rows, (row) => values[row]!) : values;
