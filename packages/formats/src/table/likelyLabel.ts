import { refuse } from "../check/refuse.js";
import { isName } from "./columnName.js";
import type { FileTable } from "./fileTable.js";
import { isLabelName } from "./labelName.js";

/** Remedy where the label is not found. */
export const labelHint = "the label in the last column, or in the one that the heading calls label, class, target or y";

/** A guess which column holds the labels. */
export interface LabelGuess {
  readonly column: number;
  /** The reason, as words behind "it is": "the only column of two texts". */
  readonly why: string;
}

/**
 * The column that probably holds the labels, for a table about which nothing was said: the one that the format calls so, else the one whose name says so, else
 * the only one that holds two texts, or a few, else the last; y is such a name unless it may be the coordinate beside x.
 *
 * @param name   the name of the file
 * @param table  the table
 * @returns its number, and why
 * @throws DataError  where several columns may be the label
 */
export async function guessLabel(name: string, table: FileTable): Promise<LabelGuess> {
  if (table.label !== undefined) return { column: table.label, why: "what the format calls the label" };
  const named = namedLabel(name, table);
  if (named !== undefined) return { column: named, why: "called so" };
  const text = await textLabel(name, table);
  return text ?? { column: table.columns - 1, why: "the last column" };
}

/**
 * The column that probably holds the labels.
 *
 * @param name   the name of the file
 * @param table  the table
 * @returns the number of the column that `guessLabel` finds
 * @throws DataError  where several columns may be the label
 */
export const likelyLabel = async (name: string, table: FileTable): Promise<number> => (await guessLabel(name, table)).column;

const columnsOf = ({ columns }: FileTable): number[] => Array.from({ length: columns }, (_, column) => column);

/** The label column by its name. */
function namedLabel(name: string, table: FileTable): number | undefined {
  const all = columnsOf(table);
  const called = (column: number): string => table.nameOf(column).toLowerCase();
  const labels = all.filter((column) => isLabelName(table.nameOf(column)));
  const ys = labels.length > 0 ? [] : all.filter((column) => called(column) === "y");
  const [label, other] = labels.length > 0 ? labels : ys;
  if (label === undefined) return undefined;
  if (other !== undefined) {
    const places = [label, other].map((column) => `column ${column + 1}, ${table.nameOf(column)},`);
    refuse(name, `${places[0]} and ${places[1]} are both called the label`, "one label: rename the other column or leave it out");
  }
  const isBesideX = labels.length === 0 && label !== table.columns - 1 && all.some((column) => called(column) === "x") && table.columns > 2;
  if (!isBesideX) return label;
  const what = `column ${label + 1}, ${table.nameOf(label)}, may be the label or the coordinate beside x`;
  return refuse(name, what, "the name label for the column of the labels");
}

/** The pairs of numbers that classes are written as. */
const numericClasses: ReadonlySet<string> = new Set(["0,1", "1,2", "-1,1"]);

/** The most texts that a column holds for which they are taken for classes, if not two. */
const mostTexts = 20;

/** The only column of texts among the coordinates, if they may be classes. @throws DataError  where the last column may be the label as well */
async function textLabel(name: string, table: FileTable): Promise<LabelGuess | undefined> {
  const texts: { readonly column: number; readonly classes: number }[] = [];
  for (const column of table.inputs.filter((one) => table.kindOf(one) === "texts")) {
    const values = await valuesOf(table, column).catch(() => new Set<unknown>([""])); // a text that is missing is no label
    if ([...values].every((value) => isName(String(value)))) texts.push({ column, classes: values.size });
  }
  const [first, other] = texts;
  if (first === undefined || other !== undefined || first.classes < 2) return undefined;
  const last = table.columns - 1;
  const isOfClasses = first.column !== last && table.kindOf(last) === "numbers" && numericClasses.has(await sortedValues(table, last));
  if (first.classes > 2) {
    const isOfFew = first.classes <= mostTexts && 2 * first.classes <= table.rows;
    return isOfFew && !isOfClasses ? { column: first.column, why: `the only column of texts, ${first.classes} of them` } : undefined;
  }
  if (!isOfClasses) return { column: first.column, why: "the only column of two texts" };
  const called = (column: number): string =>
    table.nameOf(column) === "" ? `column ${column + 1}` : `column ${column + 1}, ${table.nameOf(column)},`;
  return refuse(name, `${called(first.column)} holds two texts and ${called(last)} two numbers: either may be the label`, labelHint);
}

async function valuesOf(table: FileTable, column: number): Promise<Set<unknown>> {
  return new Set<unknown>(await table.values(column));
}

async function sortedValues(table: FileTable, column: number): Promise<string> {
  return [...((await valuesOf(table, column)) as Set<number>)].sort((a, b) => a - b).join();
}
