import { DataError, DefinitionError } from "@steepest/core";
import { type FileTable, guessLabel } from "@steepest/formats";
import { type ColumnReport, type Label, reportColumn } from "./columnReport.js";
import type { Survey } from "./survey.js";

/** A column that is proposed for the label, and why. */
export interface LabelProposal {
  readonly column: number;
  readonly why: string;
}

/** The column that probably holds the labels; undefined where several may, or the labels stand in a file of their own. */
export async function proposedLabel({ table, labelTable, reading }: Survey): Promise<LabelProposal | undefined> {
  if (labelTable) return undefined;
  try {
    const guess = await guessLabel(reading.path, table);
    return labelCandidates(table).includes(guess.column) ? guess : undefined;
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

/** The columns that may hold labels: of images no pixel does. */
export const labelCandidates = (table: FileTable): readonly number[] =>
  Array.from({ length: table.columns }, (_, column) => column).filter((column) => !table.image || !table.inputs.includes(column));

/** The number of a column that somebody named, by its name or its number from 0 on. @throws DefinitionError */
export function columnNamed(table: FileTable, wanted: string, option: string): number {
  const all = Array.from({ length: table.columns }, (_, column) => column);
  const found = all.filter((column) => table.nameOf(column) === wanted);
  if (found.length === 1) return found[0]!;
  if (/^\d+$/.test(wanted) && Number(wanted) < table.columns) return Number(wanted);
  const names = all.map((column) => table.nameOf(column)).filter((name) => name !== "");
  throw DefinitionError.at(option, found.length > 1 ? `there are ${found.length} columns "${wanted}"` : `there is no column "${wanted}"`, {
    value: wanted,
    hint: `columns: ${names.length > 0 ? `${names.slice(0, 12).join(", ")}${names.length > 12 ? ", ..." : ""}, or ` : ""}their numbers, 0 to ${table.columns - 1}`,
  });
}

/** The classes of a label, or the targets, that are learnt. */
export type Target =
  | {
      readonly kind: "classes";
      readonly label?: Label;
      readonly counts: ReadonlyMap<Label, number>;
      readonly lacking: number;
      readonly why: string;
    }
  | { readonly kind: "targets"; readonly columns: readonly Label[]; readonly why: string };

/** Classes that a column of numbers may have, if it is not to be taken for one of targets. */
const mostNumericClasses = 20;

/** True for the values of a column that look like measurements, not like classes. */
export function looksContinuous({ counts }: ColumnReport, rows: number): boolean {
  if (!counts) return false;
  const values = [...counts.keys()];
  if (!values.every((value) => typeof value === "number")) return false;
  return values.some((value) => !Number.isInteger(value)) || (values.length > mostNumericClasses && values.length > rows / 10);
}

/** The column of what is learnt; absent: the labels stand in a file of their own. */
export interface WantedLabel {
  readonly column: number | undefined;
  readonly why: string;
  /** true: classes were listed, whatever the values look like. */
  readonly isOfClasses: boolean;
}

/** The classes of the labels, or the targets, in a column. @throws DataError  if it holds one value alone, or numbers and texts */
export async function targetOf(
  { table, labelTable, reading, reports }: Survey,
  { column, why, isOfClasses }: WantedLabel,
): Promise<Target> {
  const source = column === undefined ? labelTable! : table;
  const at = column ?? source.columns - 1;
  const report = (column === undefined ? undefined : reports.get(at)) ?? (await reportColumn(source, at));
  const { counts, written, lacking } = report;
  if (!counts) {
    await source.values(at); // which says where
    throw DataError.at(reading.path, `column ${written} holds numbers and texts`, { value: written, hint: "another column for the label" });
  }
  if (source.rows === 0) throw DataError.at(reading.path, "has columns and no row", { hint: "a file with at least two samples" });
  if (counts.size < 2) {
    throw DataError.at(reading.path, `column ${written} holds one label alone`, { value: written, hint: "another column for the label" });
  }
  if (column !== undefined && !isOfClasses && looksContinuous(report, source.rows)) return { kind: "targets", columns: [written], why };
  const isSettled = column === undefined || source.label === at;
  return { kind: "classes", ...(!isSettled && { label: written }), counts, lacking, why };
}

/** Labels in the order of their classes: numbers by size, texts by code units. */
export function inOrder(labels: Iterable<Label>): Label[] {
  return [...labels].sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : a < b ? -1 : Number(a > b)));
}
