import { refuse } from "../check/refuse.js";
import { isName } from "./columnName.js";
import type { FileTable } from "./fileTable.js";
import { isLabelName } from "./labelName.js";

/** Remedy where the label is not found. */
export const labelHint = "the label in the last column, or in the one that the heading calls label, class, target or y";

/**
 * The column that probably holds the labels, for a table about which nothing was said: the one that the format calls so, else the one whose name says so, else
 * the only one that holds two texts, else the last; y is such a name unless it may be the coordinate beside x.
 *
 * @param name   the name of the file
 * @param table  the table
 * @returns the number of the column
 * @throws DataError  where several columns may be the label
 */
export async function likelyLabel(name: string, table: FileTable): Promise<number> {
  if (table.label !== undefined) return table.label;
  return namedLabel(name, table) ?? (await textLabel(name, table)) ?? table.columns - 1;
}

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

/** The only column of texts among the coordinates, if it holds two of them. @throws DataError  where the last column may be the label as well */
async function textLabel(name: string, table: FileTable): Promise<number | undefined> {
  const texts: { readonly column: number; readonly classes: number }[] = [];
  for (const column of table.inputs.filter((one) => table.kindOf(one) === "texts")) {
    const values = await valuesOf(table, column).catch(() => new Set<unknown>([""])); // a text that is missing is no label
    if ([...values].every((value) => isName(String(value)))) texts.push({ column, classes: values.size });
  }
  const [first, other] = texts;
  if (first === undefined || other !== undefined || first.classes !== 2) return undefined;
  const last = table.columns - 1;
  const isOfClasses = first.column !== last && table.kindOf(last) === "numbers" && numericClasses.has(await sortedValues(table, last));
  if (!isOfClasses) return first.column;
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
