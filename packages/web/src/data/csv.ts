import type { PointsChoice } from "@steepest/experiments";
import { checkShape, samplesOf } from "./samplesOf.js";
import { TableError } from "./tableError.js";

const format = "one sample per line, numbers separated by commas, semicolons or tabs, the label in the last column";

/** What the heading calls the constant coordinate, as `dataCsv` writes it. */
export const biasColumn = "bias";

interface Line {
  /** As an editor counts it. */
  readonly number: number;
  readonly cells: readonly string[];
}

/**
 * A table of numbers whose last column is the label. A first line without any number is a heading; empty lines are skipped. A column that the heading calls
 * `bias`, the last before the label, holds the constant coordinate of every sample (0: none); without it that is 1. The separator is a tab if there is one in
 * the first line, else a semicolon, else a comma; decimals have a point.
 *
 * @throws TableError
 */
export function readCsv(text: string): PointsChoice {
  const filled = linesOf(text);
  const [first] = filled;
  if (!first) throw new TableError("the file is empty", format);
  const hasHeading = first.cells.every((cell) => !isNumber(cell));
  const rows = hasHeading ? filled.slice(1) : filled;
  const columns = rows[0]?.cells.length ?? first.cells.length;
  checkShape(rows.length, columns, format);
  const samples = rows.map((line) => numbersOf(line, columns));
  if (!hasHeading || first.cells.at(-2) !== biasColumn || columns < 3) return samplesOf(samples, format);
  const [constant] = samples.map((sample) => sample.at(-2)!) as [number];
  const other = rows.find((_, i) => samples[i]!.at(-2) !== constant);
  if (other)
    throw new TableError(`line ${other.number} has another ${biasColumn} than the first sample`, `one ${biasColumn} for all samples`);
  if (constant < 0) throw new TableError(`the ${biasColumn} is ${constant}`, `a ${biasColumn} of at least 0`);
  return samplesOf(
    samples.map((sample) => sample.toSpliced(-2, 1)),
    format,
    constant,
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
