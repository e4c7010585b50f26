import { requireBytes } from "../check/bound.js";
import { refuse } from "../check/refuse.js";
import type { FileTable, ImageShape } from "./fileTable.js";
import { allRows } from "./rows.js";

/** Images of one byte per pixel, with or without one byte per label. */
export interface ByteImages {
  readonly count: number;
  /** u8[count][channels][height][width]. */
  readonly pixels: Uint8Array;
  readonly labels?: Uint8Array;
  readonly shape: ImageShape;
}

/**
 * Images as a table: a column per pixel, and behind them one of the labels.
 *
 * @param format  id of the format
 * @param name    the name of the file
 * @param images  the images; the result reads from them
 * @param most    the most bytes that their numbers may take
 * @returns a table, numbers from 0 to 255
 * @throws DataError  if the images are too many
 */
export function byteTable(format: string, name: string, { count, pixels, labels, shape }: ByteImages, most: number): FileTable {
  const width = shape.channels * shape.height * shape.width;
  requireBytes(name, 8 * count * width, most, `${count} x ${width} numbers`);
  const at = (row: number, column: number): number => (column < width ? pixels[row * width + column]! : labels![row]!);
  const numbers = async (columns: readonly number[], rows: readonly number[] = allRows(count)): Promise<Float64Array> => {
    const values = new Float64Array(rows.length * columns.length);
    let next = 0;
    for (const row of rows) {
      for (let k = 0; k < columns.length; k++) values[next++] = at(row, columns[k]!);
    }
    return values;
  };
  return {
    format,
    rows: count,
    columns: width + (labels ? 1 : 0),
    inputs: Array.from({ length: width }, (_, column) => column),
    ...(labels && { label: width }),
    image: shape,
    remarks: [],
    nameOf: (column) => (column < width ? "" : "label"),
    kindOf: () => "numbers",
    numbers,
    incomplete: async () => [],
    values: (column, rows) =>
      column < width + (labels ? 1 : 0) ? numbers([column], rows) : refuse(name, `has no column ${column}`, `columns from 0 to ${width}`),
    placeOf: (row) => `image ${row} (counted from 0)`,
  };
}
