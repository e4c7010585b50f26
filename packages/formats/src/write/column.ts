import { DataError } from "@steepest/core";
import type { ColumnValues } from "../table/fileTable.js";

/** A column of a table that is to be written. */
export interface Column {
  readonly name: string;
  /** Any doubles, NaN, -0 and the infinities included, or texts; one per row. */
  readonly values: ColumnValues;
  /** A 1 for each row without a value, whatever stands in `values` there; absent: every row has one. */
  readonly missing?: Uint8Array;
}

/** A format that tables are written in. */
export interface TableWriter {
  readonly id: string;
  /** Its name in messages: "an archive of NumPy (.npz)". */
  readonly title: string;
  /** Ending of the names of its files, without the dot. */
  readonly extension: string;
  /**
   * Writes a table.
   *
   * @param columns  columns that `requireColumns` accepts
   * @returns the file; equal tables have equal bytes, on any day and machine
   */
  write(columns: readonly Column[]): Promise<Uint8Array>;
}

/** Texts in place of which a column is refused. */
const hint = "columns with names of their own and one value per row";

/**
 * Refuses columns that make no table.
 *
 * @param columns  columns in their order
 * @throws DataError  on a name that is empty or stands twice, and on another number of rows than the first column has
 */
export function requireColumns(columns: readonly Column[]): void {
  const refuse = (name: string, what: string, value: unknown): never => {
    throw DataError.at(`column "${name}"`, what, { value, hint });
  };
  const rows = rowsOf(columns);
  const seen = new Set<string>();
  for (const { name, values, missing } of columns) {
    if (name === "") refuse(name, "has no name", name);
    if (seen.has(name)) refuse(name, "stands twice", name);
    seen.add(name);
    if (values.length !== rows) refuse(name, `has ${values.length} values, expected ${rows}`, values.length);
    if (missing && missing.length !== rows) refuse(name, `marks ${missing.length} rows, expected ${rows}`, missing.length);
  }
}

/** Number of rows. */
export const rowsOf = (columns: readonly Column[]): number => columns[0]?.values.length ?? 0;

/** The value in a row; undefined where there is none. */
export const valueAt = ({ values, missing }: Column, row: number): number | string | undefined =>
  missing?.[row] ? undefined : values[row];

/** True for a column that lacks a value in some row. */
export const hasGaps = ({ missing }: Column): boolean => missing?.includes(1) ?? false;

/** Rows whose text is made at once: a text of all rows may be longer than an engine allows. */
const rowsAtOnce = 4096;

/**
 * A file of text, made in parts.
 *
 * @param head   the text before the rows
 * @param count  number of rows
 * @param part   the text of the rows from `from` to before `to`
 * @param foot   the text behind the rows
 * @returns UTF-8
 */
export function textBytes(head: string, count: number, part: (from: number, to: number) => string, foot = ""): Uint8Array {
  const encoder = new TextEncoder();
  const parts = [encoder.encode(head)];
  for (let from = 0; from < count; from += rowsAtOnce) parts.push(encoder.encode(part(from, Math.min(count, from + rowsAtOnce))));
  parts.push(encoder.encode(foot));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of parts) {
    bytes.set(one, at);
    at += one.length;
  }
  return bytes;
}
