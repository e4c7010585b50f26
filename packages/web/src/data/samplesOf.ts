import { DataError } from "@steepest/core";
import type { PointsChoice } from "@steepest/experiments";
import { type ColumnValues, type FileTable, labelHint, likelyLabel } from "@steepest/formats";
import { hardLimits } from "../setup/limits.js";

const fewestSamples = 2;

/** Name of the column of the constant coordinate in a heading. */
export const biasColumn = "bias";

const format = `one sample per row, ${labelHint}`;

/** The samples that were read from a file, and remarks on how they were read. */
export interface Table {
  readonly samples: PointsChoice;
  /** Remarks as sentences. */
  readonly remarks: readonly string[];
}

/** A file of which the page makes samples. */
interface Source {
  readonly name: string;
  readonly table: FileTable;
}

function refuse({ name }: Source, what: string, hint: string): never {
  throw DataError.at(name, what, { hint });
}

const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/**
 * Samples for a race: the likely label, two of which must occur (the smaller number, or the text that comes first in the order of code units (of the signs: minus),
 * becomes -1), the column called `bias`, the last of the coordinates, as the constant coordinate, and all other columns as they are.
 *
 * @throws DataError  of a table that cannot be raced on
 */
export async function samplesOf(name: string, table: FileTable): Promise<Table> {
  const source = { name, table };
  checkRows(source);
  const label = await likelyLabel(name, table);
  const inner = table.inputs.filter((column) => column !== label);
  const last = inner.at(-1);
  const bias = inner.length > 1 && last !== undefined && table.nameOf(last).toLowerCase() === biasColumn ? last : undefined;
  const coordinates = inner.filter((column) => column !== bias);
  checkColumns(source, coordinates.length, bias !== undefined);
  const numbers = await table.numbers(coordinates);
  const values = await table.values(label);
  const constant = bias === undefined ? 1 : constantOf(source, await table.numbers([bias]));
  const width = coordinates.length;
  const inputDim = width + (constant === 0 ? 0 : 1);
  if (inputDim > hardLimits.inputDim)
    refuse(source, `the samples have ${inputDim} coordinates with the ${biasColumn}`, `at most ${hardLimits.inputDim}`);
  const classes = classesOf(source, label, values);
  const inputs = Array.from({ length: table.rows }, (_, row) => Array.from(numbers.subarray(row * width, (row + 1) * width)));
  const labels = Array.from(values as ArrayLike<number | string>, (value) => (value === classes[0] ? -1 : 1));
  const [minus, plus] = classes.map(shownLabel);
  return {
    samples: { kind: "points", inputs, labels, constant },
    remarks: [
      `${inputs.length} samples of ${countOf(width, "coordinate")}.`,
      `The label is ${placeOf(table, label)}: ${minus} is class −1, ${plus} is class +1.`,
      ...table.remarks,
      ...(bias === undefined ? [] : [`${upperFirst(placeOf(table, bias))} is the constant coordinate of every sample.`]),
      ...numbering(source, coordinates, numbers),
    ],
  };
}

function checkRows(source: Source): void {
  const { rows } = source.table;
  if (rows < fewestSamples) refuse(source, `the file has ${countOf(rows, "sample")}, at least ${fewestSamples} are needed`, format);
  if (rows > hardLimits.samples) {
    refuse(
      source,
      `the file has more than ${hardLimits.samples} samples`,
      `at most ${hardLimits.samples} of them; the command line takes more: steepest run`,
    );
  }
}

function checkColumns(source: Source, width: number, hasBias: boolean): void {
  if (width < 1) refuse(source, "the file has no column of coordinates beside the label", format);
  if (width <= hardLimits.inputDim - (hasBias ? 0 : 1)) return;
  if (!hasBias) refuse(source, `the file has more than ${hardLimits.inputDim} columns`, `at most ${hardLimits.inputDim}: ${format}`);
  if (width > hardLimits.inputDim)
    refuse(source, `the file has more than ${hardLimits.inputDim + 2} columns`, `at most ${hardLimits.inputDim + 2}: ${format}`);
}

function constantOf(source: Source, values: Float64Array): number {
  const constant = values[0]!;
  const other = values.findIndex((value) => value !== constant);
  if (other >= 0)
    refuse(source, `${source.table.placeOf(other)} has another ${biasColumn} than the first sample`, `one ${biasColumn} for all samples`);
  if (constant < 0) refuse(source, `the ${biasColumn} is ${constant}`, `a ${biasColumn} of at least 0`);
  return constant;
}

/** The two labels, that of class -1 first. */
function classesOf(source: Source, label: number, values: ColumnValues): readonly (number | string)[] {
  const classes = [...new Set<number | string>(values)].sort(inOrder);
  if (classes.length === 2) return classes;
  const shown = classes.slice(0, 5).map(shownLabel).join(", ") + (classes.length > 5 ? ", ..." : "");
  const what = `${placeOf(source.table, label)} holds ${classes.length} different ${classes.length === 1 ? "label" : "labels"}`;
  return refuse(source, what, `two different labels, not ${shown}; ${format}`);
}

/** Names of columns that often number the samples. */
const numberingNames: ReadonlySet<string> = new Set(["id", "index", "row", "rowname", "rownames", "no", "nr", "number"]);

/** Remarks on coordinates that may number the samples. */
function numbering({ table }: Source, coordinates: readonly number[], numbers: Float64Array): string[] {
  return coordinates.flatMap((column, k) => {
    if (!numberingNames.has(table.nameOf(column).toLowerCase())) return [];
    const values = new Set(Array.from({ length: table.rows }, (_, row) => numbers[row * coordinates.length + k]));
    return values.size === table.rows
      ? [`${upperFirst(placeOf(table, column))} is a coordinate: leave it out if it numbers the samples.`]
      : [];
  });
}

function placeOf(table: FileTable, column: number): string {
  const name = table.nameOf(column);
  const place = column === table.columns - 1 ? "the last column" : `column ${column + 1}`;
  return name === "" ? place : `${place} (${name})`;
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const shownLabel = (label: number | string): string => (typeof label === "number" ? String(label) : `“${label.slice(0, 24)}”`);

function inOrder(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [first, second] = [orderOf(String(a)), orderOf(String(b))];
  return first < second ? -1 : Number(first > second);
}

/** A sort key of a label: code units, but + comes before - and the minus of typographers behind it. */
const orderOf = (label: string): string => (/^[-−]$/.test(label) ? "" : label);
