import type { PointsChoice } from "@steepest/experiments";
import { hardLimits } from "../setup/limits.js";
import { biasColumn, checkShape, mostColumns, samplesOf } from "./samplesOf.js";
import { TableError } from "./tableError.js";

const format = "one sample per line, numbers separated by commas, semicolons, tabs or blanks, the label in the last column";

interface Line {
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
}

/**
 * A table of numbers whose last column is the label; decimals have a point, empty lines are skipped. The separator is a tab if there is one in the first
 * line, else a semicolon, else a comma, else blanks. A heading is a first line without any number but with a name, or with the numbers 0, 1, 2, ... of its
 * columns, as pandas writes them. A column that the heading calls `bias`, the last before the label, holds the constant coordinate of every
 * sample (0: none); without it that is 1.
 *
 * @throws TableError
 */
export function readCsv(text: string): PointsChoice {
  const lines = filledLines(text);
  const [first] = lines;
  if (!first) throw new TableError("the file is empty", format);
  const cellsOf = splitter(first.text);
  const heading = headingOf(cellsOf(first.text));
  const samples = heading ? lines.slice(1) : lines;
  const columns = cellsOf((samples[0] ?? first).text).length;
  const hasBias = columns > 2 && cellsOf(first.text).at(-2) === biasColumn;
  checkShape(samples.length, columns, format, hasBias ? mostColumns : undefined);
  const rows = samples.map((line) => numbersOf(text, line, cellsOf(line.text), columns));
  if (heading === "numbered") refuseLabel(first.text, columns - 1, rows);
  if (!hasBias) return samplesOf(rows, format);
  const constant = rows[0]!.at(-2)!;
  const other = samples[rows.findIndex((row) => row.at(-2) !== constant)];
  if (other) {
    const place = `line ${lineNumber(text, other)}`;
    throw new TableError(`${place} has another ${biasColumn} than the first sample`, `one ${biasColumn} for all samples`);
  }
  if (constant < 0) throw new TableError(`the ${biasColumn} is ${constant}`, `a ${biasColumn} of at least 0`);
  return samplesOf(
    rows.map((row) => row.toSpliced(-2, 1)),
    format,
    constant,
  );
}

/** The lines that hold more than separators; no more than decide that there are too many. */
function filledLines(text: string): Line[] {
  const lines: Line[] = [];
  for (const { 0: line, index: start } of text.matchAll(/[^\r\n]+/g)) {
    if (/[^\s,;"]/.test(line)) lines.push({ text: line, start });
    if (lines.length > hardLimits.samples + 1) break;
  }
  return lines;
}

/** As an editor counts it. */
const lineNumber = (text: string, { start }: Line): number => text.slice(0, start).split(/\r\n|\n|\r/).length;

/** The cells of a line; no more than decide that there are too many. */
function splitter(first: string): (line: string) => string[] {
  const separator = ["\t", ";", ","].find((one) => first.includes(one)) ?? /\s+/;
  const ends = separator instanceof RegExp ? (line: string) => line.trim() : (line: string) => line;
  return (line) =>
    ends(line)
      .split(separator, mostColumns + 1)
      .map(unquoted);
}

function unquoted(cell: string): string {
  const text = cell.trim();
  return text.startsWith('"') ? text.replace(/^"(.*)"$/, "$1").trim() : text;
}

/** What stands for a number in a table, and is no name of a column. */
const missing = /^(#?n\/?a|nan|null|none|[+-]?inf(inity)?)$/i;
const isName = (cell: string): boolean => /\p{L}/u.test(cell) && !/^[+-]?[.,]?\d/.test(cell) && !missing.test(cell);

function headingOf(cells: readonly string[]): "named" | "numbered" | undefined {
  if (cells.every((cell, column) => cell === String(column))) return "numbered";
  return cells.some(isName) && cells.every((cell) => numberIn(cell) === undefined) ? "named" : undefined;
}

/** A first line 0, 1, ..., n - 1 cannot be a sample unless n - 1 is a label; then nobody knows which it is. */
function refuseLabel(first: string, label: number, rows: readonly (readonly number[])[]): void {
  if (!rows.some((row) => row.at(-1) === label)) return;
  throw new TableError(
    `line 1: "${first.slice(0, 40)}" may number the columns or be a sample`,
    "names in the heading, as in x,y,label, or another sample first",
  );
}

function numbersOf(text: string, line: Line, cells: readonly string[], columns: number): number[] {
  if (cells.length !== columns) {
    throw new TableError(`line ${lineNumber(text, line)} has ${cells.length} columns, the first sample has ${columns}`, format);
  }
  return cells.map((cell, column) => {
    const value = numberIn(cell);
    if (value !== undefined) return value;
    const decimalComma = /^[+-]?\d*,\d+$/.test(cell);
    throw new TableError(
      `line ${lineNumber(text, line)}, column ${column + 1}: "${cell.slice(0, 40)}" is not a finite number`,
      decimalComma ? "decimals with a point, as in 0.5" : format,
    );
  });
}

/** Number() reads decimals and, beside them, "" and 0x10, 0b1, 0o7. */
function numberIn(cell: string): number | undefined {
  const value = Number(cell);
  return Number.isFinite(value) && cell !== "" && !/^0[xbo]/i.test(cell) ? value : undefined;
}
