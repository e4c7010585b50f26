/** A row of integers that is a positive multiple of a row of doubles, so that products with it have the same signs. */
export type ExactRow = readonly bigint[];

const word = new DataView(new ArrayBuffer(8));

/** The integers m and e with x = m 2^e, for finite x. */
function parts(x: number): { readonly mantissa: bigint; readonly exponent: number } {
  word.setFloat64(0, x);
  const bits = word.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const size = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: x < 0 ? -size : size, exponent: Math.max(biased, 1) - 1075 };
}

/**
 * A row of finite doubles as integers, all multiplied by one power of two.
 *
 * @param row  finite numbers
 * @returns integers in the ratios of the row's entries
 */
export function exactRow(row: ArrayLike<number>): ExactRow {
  const entries = Array.from(row, parts);
  const least = entries.reduce((low, { mantissa, exponent }) => (mantissa === 0n ? low : Math.min(low, exponent)), 2000);
  return entries.map(({ mantissa, exponent }) => (mantissa === 0n ? 0n : mantissa << BigInt(exponent - least)));
}

/** The sign of an integer. */
export function signOf(x: bigint): -1 | 0 | 1 {
  return x > 0n ? 1 : x < 0n ? -1 : 0;
}

/** An upper bound of the number of bits of an integer's size, at most 4 above it. */
export function lengthOf(x: bigint): number {
  return (x < 0n ? -x : x).toString(16).length * 4;
}

/** ⟨x, y⟩, exact. */
export function exactProduct(x: ExactRow, y: ExactRow): bigint {
  let sum = 0n;
  for (let j = 0; j < x.length; j++) sum += x[j]! * y[j]!;
  return sum;
}

/**
 * The columns on which rows depend, by elimination without fractions: the rows' entries there have the rank of the rows, and every other column is a
 * combination of these, so the signs that products with a vector can have are those of the rows cut to them.
 *
 * @param rows  rows of one length
 * @param most  the rank at which the search ends
 * @returns columns, as many as the rank, or `most` of them
 */
export function pivotColumns(rows: readonly ExactRow[], most: number): number[] {
  let left = rows.map((row) => [...row]);
  const columns: number[] = [];
  while (columns.length < most) {
    const pivot = left.find((row) => row.some((value) => value !== 0n));
    if (!pivot) break;
    const column = pivot.findIndex((value) => value !== 0n);
    columns.push(column);
    left = left
      .filter((row) => row !== pivot)
      .map((row) => {
        const factor = row[column]!;
        return factor === 0n ? row : row.map((value, j) => value * pivot[column]! - factor * pivot[j]!);
      });
  }
  return columns;
}
