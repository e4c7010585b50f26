import { isDecimal } from "./decimal.js";
import type { Records, TableRecord } from "./records.js";
import { biasColumn } from "./samplesOf.js";
import { TableError } from "./tableError.js";

/** The meaning of each column of a table. Columns count from 0. */
export interface Columns {
  readonly samples: readonly TableRecord[];
  readonly count: number;
  /** Names of the columns, "" where one has none; undefined without a heading. */
  readonly names: readonly string[] | undefined;
  readonly label: number;
  /** The constant coordinate of every sample. */
  readonly bias: number | undefined;
  /** Number of columns at the left that number or name the rows. */
  readonly indexCount: number;
  /** true: the names of columns stand in the comment before the first sample. */
  readonly areNamesCommented: boolean;
}

/** Words that name a label column, in lower case. */
const labelNames: ReadonlySet<string> = new Set(
  ["label", "class", "target", "outcome", "response", "diagnosis", "category"].flatMap((name) => [name, `${name}s`, `${name}es`]),
);

/** Words that may stand beside those: true_label, class_name, y_true. */
const besideLabel: ReadonlySet<string> = new Set(["y", "true", "actual", "gold", "binary", "name", "id"]);

/** True for a name of a label column: label, Class, target_class, true-label, classLabel, y_true. */
function isLabelName(name: string): boolean {
  const words = name
    .replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const isTrueY = words.length === 2 && words.includes("y") && (words.includes("true") || words.includes("actual"));
  return isTrueY || (words.some((word) => labelNames.has(word)) && words.every((word) => labelNames.has(word) || besideLabel.has(word)));
}

export const labelHint = "the label in the last column, or in the one that the heading calls label, class, target or y";

/**
 * Reads the heading of a table. That is a first record without numbers, or one with the numbers 0, 1, 2, ... of its columns, as pandas writes them, or the
 * comment before the first sample, as numpy.savetxt writes it. Columns at the left without a name, or one at the left that the heading leaves out, number or
 * name the rows, as pandas and R write them. The label is the column whose name says so, else the only one that holds two texts, else the last; y is such a
 * name unless it may be the coordinate beside x. The column called `bias`, the last of the coordinates, holds the constant coordinate.
 *
 * @throws TableError  where the heading can be read in two ways
 */
export function columnsOf(table: Records, format: string): Columns {
  const { records, comment } = table;
  const first = records[0]!;
  const kind = headingKind(table);
  const samples = kind === undefined ? records : records.slice(1);
  const count = (samples[0] ?? first).cells.length;
  const areNamesCommented = kind === undefined && comment?.cells.length === count && comment.cells.every(isName);
  const heading = kind === undefined ? (areNamesCommented ? comment : undefined) : first;
  const names = heading && fitted(heading.cells, samples, count);
  if (heading && !names) {
    throw new TableError(`the heading has ${heading.cells.length} columns, the first sample has ${count}`, format);
  }
  const indexCount = Math.max(names?.findIndex((name) => !isUnnamed(name)) ?? 0, 0);
  const label = namedLabel(names, count) ?? textLabel(samples, names, indexCount, count) ?? count - 1;
  const inner = Array.from({ length: count }, (_, k) => k).slice(indexCount);
  const last = inner.filter((column) => column !== label).at(-1);
  const isBias = inner.length > 2 && last !== undefined && names?.[last]?.toLowerCase() === biasColumn;
  const found = { samples, count, names, label, bias: isBias ? last : undefined, indexCount, areNamesCommented };
  if (kind === "numbered" && indexCount === 0) refuseLabel(table, found);
  return found;
}

/** Words for a missing number in a table, which are no names of columns. */
const missing = /^(#?n\/?a|nan|null|none|[+-]?inf(inity)?)$/i;
const isName = (cell: string): boolean => /\p{L}/u.test(cell) && !/^[+-]?[.,]?\d/.test(cell) && !missing.test(cell);
const isUnnamed = (name: string): boolean => /^(unnamed: \d+(\.\d+)*)?$/i.test(name);
const isNumbered = (cells: readonly string[]): boolean => cells.length > 0 && cells.every((cell, column) => cell === String(column));

/** The kind of heading that the first record is; undefined for a sample. */
function headingKind({ records, lineOf }: Records): "named" | "numbered" | undefined {
  const [first, ...rest] = records as [TableRecord, ...TableRecord[]];
  const { cells } = first;
  const body = cells[0] === "" ? cells.slice(1) : cells;
  if (isNumbered(body)) return "numbered";
  const texts = body.filter((cell) => !isDecimal(cell));
  const names = texts.filter(isName);
  if (texts.length === body.length) return names.length > 1 || names.length === body.length ? "named" : undefined;
  const [name] = names;
  if (name === undefined || texts.length > 1 || !body.every((cell) => cell === name || /^\d+$/.test(cell))) return undefined;
  const column = cells.indexOf(name);
  const others = rest.map((record) => record.cells[column] ?? "");
  if (others.every(isDecimal)) return "named";
  const mayBeHeading = isLabelName(name) || isNumbered(body.filter((cell) => cell !== name));
  if (others.includes(name) || !mayBeHeading) return undefined;
  throw unclear(lineOf(first), cells);
}

/** Refuses a first line 0, 1, ..., n - 1 if n - 1 is a label, since the line may be a heading or a sample then. */
function refuseLabel({ records, lineOf }: Records, { samples, label }: Columns): void {
  const isLabel = samples.some(({ cells }) => Number(cells[label]) === label);
  if (isLabel) throw unclear(lineOf(records[0]!), records[0]!.cells);
}

function unclear(line: number, cells: readonly string[]): TableError {
  const shown = cells.join(",").slice(0, 40);
  return new TableError(
    `line ${line}: "${shown}" may name the columns or be a sample`,
    "names in the heading, as in x,y,label, or another sample first",
  );
}

/** Names by column; undefined where there are more or fewer of them. */
function fitted(names: readonly string[], samples: readonly TableRecord[], count: number): readonly string[] | undefined {
  if (names.length === count) return names;
  if (names.length === count + 1 && names.at(-1) === "") return names.slice(0, -1);
  const rowNames = new Set(samples.map(({ cells }) => cells[0]));
  return names.length === count - 1 && rowNames.size === samples.length ? ["", ...names] : undefined;
}

/** The pairs of numbers that classes are written as. */
const numericClasses: ReadonlySet<string> = new Set(["0,1", "1,2", "-1,1"]);

/** True for numbers that may be classes, and are no coordinates. */
function mayBeClasses(cells: readonly string[]): boolean {
  const values = new Set(cells.map((cell) => (isDecimal(cell) ? Number(cell) : Number.NaN)));
  return numericClasses.has([...values].sort((a, b) => a - b).join());
}

/**
 * The only column of texts among the coordinates, if it holds two of them.
 *
 * @throws TableError  where the last column holds two numbers that classes are written as, so that either may be the label
 */
function textLabel(
  samples: readonly TableRecord[],
  names: readonly string[] | undefined,
  indexCount: number,
  count: number,
): number | undefined {
  const valuesOf = (column: number): Set<string> => new Set(samples.map(({ cells }) => cells[column] ?? ""));
  const isText = (column: number): boolean => [...valuesOf(column)].every(isName);
  const [column, other] = Array.from({ length: count }, (_, k) => k).filter((k) => k >= indexCount && isText(k));
  if (column === undefined || other !== undefined || valuesOf(column).size !== 2) return undefined;
  const last = count - 1;
  if (column === last || !mayBeClasses([...valuesOf(last)])) return column;
  const called = (k: number): string => (names ? `column ${k + 1}, ${names[k]},` : `column ${k + 1}`);
  throw new TableError(`${called(column)} holds two texts and ${called(last)} two numbers: either may be the label`, labelHint);
}

/** The label column by its name. @throws TableError  if several columns may be the label */
function namedLabel(names: readonly string[] | undefined, count: number): number | undefined {
  if (!names) return undefined;
  const last = count - 1;
  const lower = names.map((name) => name.toLowerCase());
  const columnsOf = (isWanted: (name: string) => boolean): number[] => [...names.keys()].filter((column) => isWanted(names[column]!));
  const labels = columnsOf(isLabelName);
  const ys = columnsOf((name) => name.toLowerCase() === "y");
  const [label, other] = labels.length > 0 ? labels : ys;
  if (label === undefined) return undefined;
  if (other !== undefined) {
    throw new TableError(
      `the heading calls column ${label + 1}, ${names[label]}, and column ${other + 1}, ${names[other]}, the label`,
      "one label: rename the other column or leave it out",
    );
  }
  const isBesideX = labels.length === 0 && label !== last && lower.includes("x") && count > 2;
  if (!isBesideX) return label;
  throw new TableError(
    `column ${label + 1}, ${names[label]}, may be the label or the coordinate beside x`,
    "the name label for the column of the labels",
  );
}
