import type { PointsChoice } from "@steepest/experiments";
import { checkShape, samplesOf } from "./samplesOf.js";
import { TableError } from "./tableError.js";

const format = "one sample per line, numbers separated by commas, semicolons or tabs, the label in the last column";

interface Line {
  /** As an editor counts it. */
  readonly number: number;
  readonly cells: readonly string[];
}

/**
 * A table of numbers whose last column is the label. A first line without any number is a heading; empty lines are skipped. The separator is a tab if
 * there is one in the first line, else a semicolon, else a comma; decimals have a point.
 *
 * @throws TableError
 */
export function readCsv(text: string): PointsChoice {
  const filled = linesOf(text);
  const [first] = filled;
  if (!first) throw new TableError("the file is empty", format);
  const rows = first.cells.every((cell) => !isNumber(cell)) ? filled.slice(1) : filled;
  const columns = rows[0]?.cells.length ?? first.cells.length;
  checkShape(rows.length, columns, format);
  return samplesOf(
    rows.map((line) => numbersOf(line, columns)),
    format,
  );
}

function linesOf(text: string): Line[] {
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.find((line) => line.trim() !== "") ?? "";
  const separator = ["\t", ";"].find((one) => first.includes(one)) ?? ",";
  return lines
    .map((line, i) => ({
      number: i + 1,
      cells: line.split(separator).map((cell) =>
        cell
          .trim()
          .replace(/^"(.*)"$/, "$1")
          .trim(),
      ),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
}

function numbersOf({ number, cells }: Line, columns: number): number[] {
  if (cells.length !== columns) {
    throw new TableError(`line ${number} has ${cells.length} columns, the first sample has ${columns}`, format);
  }
  const bad = cells.findIndex((cell) => !isNumber(cell));
  if (bad < 0) return cells.map(Number);
  const decimalComma = /^[+-]?\d*,\d+$/.test(cells[bad]!);
  throw new TableError(
    `line ${number}, column ${bad + 1}: "${cells[bad]!.slice(0, 40)}" is not a finite number`,
    decimalComma ? "decimals with a point, as in 0.5" : format,
  );
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const isNumber = (cell: string): boolean => decimal.test(cell) && Number.isFinite(Number(cell));
