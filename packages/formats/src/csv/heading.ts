import { quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import { isName } from "../table/columnName.js";
import { isLabelName } from "../table/labelName.js";
import type { Cells } from "./cells.js";

/** The kind of heading that a first record is: names of columns, or their numbers, as pandas writes them. */
export type Heading = "named" | "numbered";

const isNumbered = (cells: readonly string[]): boolean => cells.length > 0 && cells.every((cell, column) => cell === String(column));

/**
 * The kind of heading that the first record is. It is one without numbers, or one with the numbers 0, 1, 2, ... of the columns. One that holds a single text
 * beside whole numbers may be a sample, too: the other records tell.
 *
 * @param cells     of the first record
 * @param isNumber  tells decimals
 * @returns its kind; "sample" where it is a sample; undefined where the others must be looked at
 */
export function headingKind(cells: readonly string[], isNumber: (cell: string) => boolean): Heading | "sample" | undefined {
  const body = cells[0] === "" ? cells.slice(1) : cells;
  if (isNumbered(body)) return "numbered";
  const texts = body.filter((cell) => !isNumber(cell));
  const names = texts.filter(isName);
  if (texts.length === body.length) return names.length > 1 || names.length === body.length ? "named" : "sample";
  const [name] = names;
  if (name === undefined || texts.length > 1 || !body.every((cell) => cell === name || /^\d+$/.test(cell))) return "sample";
  return undefined;
}

/**
 * True if a first record with a single text beside whole numbers names the columns, by the records behind it.
 *
 * @param first  cells of the first record
 * @param rest   the other records
 * @param tell   refuses the file, which may be read in two ways
 * @returns false for a sample
 */
export function namesColumns(first: readonly string[], rest: Cells, tell: () => never): boolean {
  const body = first[0] === "" ? first.slice(1) : first;
  const name = body.find(isName)!;
  const column = first.indexOf(name);
  if (column >= rest.columns || rest.kindOf(column) === "numbers") return true;
  const mayBeHeading = isLabelName(name) || isNumbered(body.filter((cell) => cell !== name));
  if (rest.textsOf(column)?.includes(name) || !mayBeHeading) return false;
  return tell();
}

/**
 * Refuses a first record that may be a heading or a sample.
 *
 * @param name   the name of the file
 * @param line   the line of the record
 * @param cells  its cells
 * @returns never
 * @throws DataError
 */
export function refuseUnclear(name: string, line: number, cells: readonly string[]): never {
  const what = `line ${line}: ${quoted(cells.join(","))} may name the columns or be a sample`;
  return refuse(name, what, "names in the heading, as in x,y,label, or another sample first");
}

/**
 * The names of a heading by column. Columns at the left without a name, or one at the left that the heading leaves out, number or name the rows.
 *
 * @param names  cells of the heading
 * @param cells  the samples
 * @returns names, one per column; undefined where there are more or fewer of them
 */
export function fitted(names: readonly string[], cells: Cells): readonly string[] | undefined {
  if (names.length === cells.columns) return names;
  if (names.length === cells.columns + 1 && names.at(-1) === "") return names.slice(0, -1);
  return names.length === cells.columns - 1 && cells.distinct(0) === cells.rows ? ["", ...names] : undefined;
}

/**
 * True if every record ends in a separator, behind which nothing stands: what looks like a last column is none.
 *
 * @param names  cells of the heading, if there is one
 * @param cells  the samples
 * @returns false where the heading has a name for the last column
 */
export function endsInSeparator(names: readonly string[] | undefined, cells: Cells): boolean {
  const last = cells.columns - 1;
  const isNameless = names === undefined || names.length === last || (names.length === cells.columns && isUnnamed(names[last]!));
  return last > 0 && isNameless && cells.textsOf(last)?.every((text) => text === "") === true;
}

/** True for a column without a name, as pandas and R write those that number the rows. */
export const isUnnamed = (name: string): boolean => /^(unnamed: \d+(\.\d+)*)?$/i.test(name);
