import { type Column, requireColumns, type TableWriter } from "./write/column.js";

/**
 * Writes a table: every number keeps its bits, NaN, -0 and the infinities included (NaN is one value), and every text its characters.
 *
 * @param columns  names and values, one per row
 * @param writer   the format, a member of `tableWriters`
 * @returns the file; equal tables have equal bytes
 * @throws DataError  on columns that make no table
 */
export async function writeTable(columns: readonly Column[], writer: TableWriter): Promise<Uint8Array> {
  requireColumns(columns);
  return writer.write(columns);
}
