import { DataError } from "@steepest/core";
import { numberText } from "@steepest/experiments";
import type { FileTable } from "@steepest/formats";

/** A label as the file holds it. */
export type Label = string | number;

/** The content of a column, as far as a guess about its meaning goes. */
export interface ColumnReport {
  /** Its name in the file; without one its number. */
  readonly written: Label;
  /** Rows that lack a value. */
  readonly lacking: number;
  /** The different values with the number of their rows, those that are missing aside; undefined where numbers and texts are mixed. */
  readonly counts: ReadonlyMap<Label, number> | undefined;
  /** The reason why it is no coordinate, in words for its content; undefined if it may be one. */
  readonly unfit: string | undefined;
  /** A text in it, with its place where numbers are what most rows hold: "line 7 holds "12O.5""; absent: it has none. */
  readonly text?: string;
}

/** Names of columns that number or name the samples. */
const numbering = /^(|.*[\s_.-])(id|ids|index|idx|row|rows|rownames?|no|nr|number|uuid|key)$|^[a-z]+(Id|ID)$/i;

/** Share of rows from which a column lacks too many values for the samples that have them to stand for all. */
const mostLacking = 0.2;

/** Looks at a column. @throws DataError  if the file is not intact there */
export async function reportColumn(table: FileTable, column: number): Promise<ColumnReport> {
  const written = writtenColumn(table, column);
  const lacking = await table.incomplete([column]);
  const counts = await countsOf(table, column, new Set(lacking));
  const share = lacking.length / table.rows;
  return { written, lacking: lacking.length, counts, unfit: unfitFor(table, column, { counts, share }), ...textIn(table, column, counts) };
}

/** The column as a definition names it. */
export function writtenColumn(table: FileTable, column: number): Label {
  const name = table.nameOf(column);
  const isUnique = name !== "" && Array.from({ length: table.columns }, (_, k) => k).every((k) => k === column || table.nameOf(k) !== name);
  return isUnique ? name : column;
}

async function countsOf(table: FileTable, column: number, lacking: ReadonlySet<number>): Promise<ReadonlyMap<Label, number> | undefined> {
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter((row) => !lacking.has(row));
  try {
    const values = rows.length > 0 ? await table.values(column, rows) : [];
    const counts = new Map<Label, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

function unfitFor(
  table: FileTable,
  column: number,
  { counts, share }: { readonly counts: ColumnReport["counts"]; readonly share: number },
): string | undefined {
  if (!table.inputs.includes(column)) return "row names";
  if (!counts) return "texts among numbers";
  if (counts.size === 0) return "no values";
  const values = [...counts.keys()];
  if (typeof values[0] === "string") return "texts";
  if (share > mostLacking) return `${numberText(Math.round(100 * share))} % missing`;
  const numbers = values as number[];
  const isDistinct = share === 0 && numbers.length === table.rows && numbers.every(Number.isInteger);
  const isCount =
    isDistinct && numbers.length > 2 && (numbers[0] === 0 || numbers[0] === 1) && numbers.every((value, i) => value === numbers[0]! + i);
  return isCount || (isDistinct && numbering.test(table.nameOf(column))) ? "numbers of the samples" : undefined;
}

/** A text of a column, as a report has it. */
function textIn(table: FileTable, column: number, counts: ColumnReport["counts"]): Pick<ColumnReport, "text"> {
  const stranger = table.strangerOf?.(column);
  if (stranger) return { text: `${stranger.place} holds "${shown(stranger.text)}"` };
  const [first] = counts?.keys() ?? [];
  return typeof first === "string" ? { text: `such as "${shown(first)}"` } : {};
}

/** The least and the largest. */
function rangeOf(numbers: readonly number[]): readonly [number, number] {
  return numbers.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const, [Infinity, -Infinity] as const);
}

const mostShown = 4;

/** The content in a few words: "rock 111, mine 97", "60 numbers from 0.1 to 7". */
export function contentText({ counts, lacking }: ColumnReport): string {
  const gaps = lacking > 0 ? `, ${lacking} missing` : "";
  if (!counts) return `numbers and texts${gaps}`;
  if (counts.size === 0) return "nothing";
  const values = [...counts.entries()];
  const isText = typeof values[0]![0] === "string";
  if (values.length <= 2 * mostShown)
    return (
      values
        .slice(0, 2 * mostShown)
        .map(([value, count]) => `${shown(value)} (${count})`)
        .join(", ") + gaps
    );
  if (isText)
    return `${values.length} texts: ${values
      .slice(0, mostShown)
      .map(([value]) => shown(value))
      .join(", ")}, ...${gaps}`;
  const [least, most] = rangeOf(values.map(([value]) => value as number));
  return `${values.length} numbers from ${short(least)} to ${short(most)}${gaps}`;
}

const short = (value: number): string => numberText(Number(value.toPrecision(4)));
/** A label in messages, shortened. */
export const shown = (value: Label): string =>
  typeof value === "string" && value.length > 24 ? `${value.slice(0, 24)}...` : String(value);
