import { type Columns, columnsOf, labelHint } from "./columns.js";
import { isDecimal, noDoubleText, readDecimal } from "./decimal.js";
import { type Records, recordsOf, type TableRecord } from "./records.js";
import { biasColumn, checkShape, type LabelledRows, mostColumns, samplesOf, type Table } from "./samplesOf.js";
import { TableError } from "./tableError.js";

const format = `one sample per line, numbers separated by commas, semicolons, tabs or blanks, ${labelHint}`;

/**
 * A table of numbers with a column of labels, two numbers or two texts; decimals have a point, empty lines and comments are skipped. `recordsOf` says what
 * a record is, `columnsOf` what its columns hold.
 *
 * @throws TableError
 */
export function readCsv(text: string): Table {
  const table = recordsOf(text, format);
  const columns = columnsOf(table, format);
  const { samples, indexCount, bias, label } = columns;
  if (indexCount > 0 && columns.count - indexCount < 2) {
    const message = `beside what has no name, and so numbers the rows, the file has ${countOf(columns.count - indexCount, "column")}`;
    throw new TableError(message, `2 or more, with names: ${format}`);
  }
  checkShape(samples.length, columns.count - indexCount, format, bias === undefined ? undefined : mostColumns);
  const coordinates = Array.from({ length: columns.count }, (_, k) => k).filter((k) => k >= indexCount && k !== label && k !== bias);
  for (const record of samples) {
    if (record.cells.length === columns.count) continue;
    const message = `line ${table.lineOf(record)} has ${record.cells.length} columns, the first sample has ${columns.count}`;
    throw new TableError(message, format);
  }
  const rows = samples.map((record) => coordinates.map((column) => numberAt(table, record, column)));
  const { samples: points, remarks } = samplesOf({
    rows,
    labels: labelsOf(table, columns),
    labelPlace: placeOf(columns, label),
    constant: bias === undefined ? 1 : constantOf(table, samples, bias),
    format,
  });
  return { samples: points, remarks: [...remarks, ...remarksOn(table, columns, rows, coordinates)] };
}

function numberAt({ lineOf }: Records, record: TableRecord, column: number): number {
  const cell = record.cells[column]!;
  const value = readDecimal(cell);
  if (typeof value === "number") return value;
  const ofText = /^[+-]?\d*,\d+$/.test(cell) ? "decimals with a point, as in 0.5" : format;
  throw new TableError(
    `line ${lineOf(record)}, column ${column + 1}: "${cell.slice(0, 40)}" ${noDoubleText[value]}`,
    value === "notANumber" ? ofText : "numbers that a double can hold: scale this column",
  );
}

/** Words for a missing label. */
const unknown = /^(#?n\/?a|nan|null|none|\?|)$/i;

/** Numbers if the first is one, else texts. */
function labelsOf(table: Records, { samples, label }: Columns): (number | string)[] {
  const areNumbers = isDecimal(samples[0]!.cells[label]!);
  const refuse = (record: TableRecord, what: string, hint: string): never => {
    const place = `line ${table.lineOf(record)}, column ${label + 1}: "${record.cells[label]!.slice(0, 40)}"`;
    throw new TableError(`${place} ${what}`, hint);
  };
  return samples.map((record) => {
    const cell = record.cells[label]!;
    if (unknown.test(cell)) return refuse(record, "is no label", format);
    if (areNumbers) return numberAt(table, record, label);
    return isDecimal(cell) ? refuse(record, "is a number, the label of the first sample is none", `two different labels; ${format}`) : cell;
  });
}

function constantOf(table: Records, samples: readonly TableRecord[], bias: number): number {
  const values = samples.map((record) => numberAt(table, record, bias));
  const constant = values[0]!;
  const other = values.findIndex((value) => value !== constant);
  if (other >= 0) {
    const place = `line ${table.lineOf(samples[other]!)}`;
    throw new TableError(`${place} has another ${biasColumn} than the first sample`, `one ${biasColumn} for all samples`);
  }
  if (constant < 0) throw new TableError(`the ${biasColumn} is ${constant}`, `a ${biasColumn} of at least 0`);
  return constant;
}

function placeOf({ names, count }: Columns, column: number): string {
  const name = names?.[column] ?? "";
  const place = column === count - 1 ? "the last column" : `column ${column + 1}`;
  return name === "" ? place : `${place} (${name})`;
}

const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Names of columns that often number the samples. */
const numberingNames: ReadonlySet<string> = new Set(["id", "index", "row", "rowname", "rownames", "no", "nr", "number"]);

/** Sentences about the parts of the file that are left out, or stand where the reader may not expect them. */
function remarksOn(
  { commentCount, comment }: Records,
  columns: Columns,
  rows: LabelledRows["rows"],
  coordinates: readonly number[],
): string[] {
  const { names, indexCount, bias, areNamesCommented } = columns;
  const remarks: string[] = [];
  if (indexCount === 1) remarks.push("The first column has no name: it numbers the rows and is no coordinate.");
  if (indexCount > 1) remarks.push(`The first ${indexCount} columns have no names: they number the rows and are no coordinates.`);
  if (bias !== undefined) remarks.push(`${upperFirst(placeOf(columns, bias))} is the constant coordinate of every sample.`);
  coordinates.forEach((column, k) => {
    const mayNumber = numberingNames.has(names?.[column]?.toLowerCase() ?? "") && new Set(rows.map((row) => row[k])).size === rows.length;
    if (mayNumber) remarks.push(`${upperFirst(placeOf(columns, column))} is a coordinate: leave it out if it numbers the samples.`);
  });
  if (areNamesCommented) remarks.push(`The comment before the samples names the columns: ${comment!.cells.join(", ").slice(0, 80)}.`);
  const skipped = commentCount - Number(areNamesCommented);
  if (skipped > 0) remarks.push(`${countOf(skipped, "line")} with # ${skipped === 1 ? "is" : "are"} skipped.`);
  return remarks;
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
