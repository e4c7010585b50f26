import type { PointsChoice } from "@steepest/experiments";

/** What is wrong with a dropped table. */
export class CsvError extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.name = "CsvError";
    this.hint = hint;
  }
}

const format = "one sample per line, numbers separated by commas, the label in the last column";
const mostSamples = 5000;
const mostColumns = 10_000;

/**
 * A table of numbers whose last column is the label. Two different labels must occur; the smaller one becomes -1. A first line of words is a heading.
 *
 * @throws CsvError
 */
export function readCsv(text: string): PointsChoice {
  const lines = text.split(/\r?\n/).map((line, i) => ({ line: i + 1, cells: line.split(/[,;\t]/).map((cell) => cell.trim()) }));
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const [first] = filled;
  if (!first) throw new CsvError("the file is empty", format);
  const rows = first.cells.every((cell) => !isNumber(cell)) ? filled.slice(1) : filled;
  if (rows.length < 2) throw new CsvError(`the file has ${rows.length} samples, expected at least 2`, format);
  if (rows.length > mostSamples)
    throw new CsvError(`the file has ${rows.length} samples, at most ${mostSamples} fit the page`, "use steepest run");
  const width = rows[0]!.cells.length;
  if (width < 2 || width > mostColumns)
    throw new CsvError(`line ${rows[0]!.line} has ${width} columns, expected 2 to ${mostColumns}`, format);
  const values = rows.map(({ line, cells }) => {
    if (cells.length !== width) throw new CsvError(`line ${line} has ${cells.length} columns, the first has ${width}`, format);
    const bad = cells.findIndex((cell) => !isNumber(cell));
    if (bad >= 0) throw new CsvError(`line ${line}, column ${bad + 1}: "${cells[bad]}" is not a number`, format);
    return cells.map(Number);
  });
  const classes = [...new Set(values.map((row) => row[width - 1]!))].sort((a, b) => a - b);
  if (classes.length !== 2) {
    throw new CsvError(`the last column holds ${classes.length} different labels, expected 2`, format);
  }
  return {
    kind: "points",
    inputs: values.map((row) => row.slice(0, -1)),
    labels: values.map((row) => (row[width - 1] === classes[0] ? -1 : 1)),
    constant: 1,
  };
}

const isNumber = (cell: string): boolean => cell !== "" && Number.isFinite(Number(cell));
