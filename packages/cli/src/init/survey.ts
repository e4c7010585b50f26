import { DataError } from "@steepest/core";
import type { DatasetFiles } from "@steepest/experiments";
import { type FileTable, readTable } from "@steepest/formats";
import { type ColumnReport, reportColumn } from "./columnReport.js";

/** The fields of a data set that say how its file is read. */
export interface Reading {
  readonly path: string;
  readonly array?: string;
  readonly indexBase?: 0 | 1;
  readonly labels?: string;
  readonly decimal?: ",";
}

/** A data file that was looked at. */
export interface Survey {
  readonly reading: Reading;
  readonly table: FileTable;
  /** Labels that stand in a file of their own. */
  readonly labelTable?: FileTable | undefined;
  /** A sentence about what the file does not say and was taken for granted. */
  readonly assumed?: string;
  /** Reports on columns, by number: of all of them in a narrow table, in a wide one of those that are of interest. */
  readonly reports: ReadonlyMap<number, ColumnReport>;
}

/** The columns of a table that is narrow enough to look at each. */
const fewColumns = 64;

/**
 * Looks at a data file of any format.
 *
 * @param reading  how it is read, as far as somebody said it
 * @param files    the host's
 * @throws DataError
 */
export async function survey(reading: Reading, files: DatasetFiles): Promise<Survey> {
  const bytes = async (path: string) => ({ name: path, bytes: (await files.bytes!(path)).bytes });
  const file = await bytes(reading.path);
  const labelFile = reading.labels === undefined ? undefined : await bytes(reading.labels);
  const options = { ...(reading.array !== undefined && { array: reading.array }), ...(labelFile && { labels: labelFile }) };
  const { table: first, indexBase } = await withOptions(() =>
    readWith(reading.indexBase, (base) => readTable(file, { ...options, ...(base !== undefined && { indexBase: base }) })),
  );
  const commas = await withCommas(first, () => readTable(file, { ...options, decimal: "," }));
  const table = commas ?? first;
  const labelTable = labelFile && table.label === undefined ? await readTable(labelFile, { heading: false }) : undefined;
  const assumed = commas
    ? "decimals have a comma"
    : indexBase !== undefined && indexBase !== reading.indexBase
      ? indexBaseText(indexBase)
      : undefined;
  return {
    reading: { ...reading, ...(indexBase !== undefined && { indexBase }), ...(commas && { decimal: "," as const }) },
    table,
    labelTable,
    ...(assumed !== undefined && { assumed }),
    reports: await reportsOn(table),
  };
}

/** A number whose mark of decimals is a comma, with marks between its thousands or not. */
const commaDecimal = /^[+-]?(\d*,\d+|\d+|\d{1,3}(\.\d{3})+(,\d*)?)$/;

/** True for a text that a point as the mark of decimals leaves unread. */
const isOfComma = (text: string): boolean => text.includes(",") && commaDecimal.test(text);

/** The table that is read with commas as the marks of decimals, where a column becomes one of numbers by that; undefined elsewhere. */
async function withCommas(table: FileTable, read: () => Promise<FileTable>): Promise<FileTable | undefined> {
  let other: FileTable | undefined;
  for (let column = 0; column < table.columns; column++) {
    if (table.kindOf(column) === "numbers") continue;
    const stranger = table.strangerOf?.(column);
    const { counts } = stranger ? {} : await reportColumn(table, column);
    const values = stranger ? [stranger.text] : [...(counts?.keys() ?? [])].map(String);
    if (!values.some(isOfComma) || !values.every((value) => commaDecimal.test(value))) continue;
    other ??= await read();
    if (other.kindOf(column) === "numbers" || (!stranger && other.kindOf(column) === "mixed")) return other;
  }
  return undefined;
}

const indexBaseText = (base: 0 | 1): string =>
  base === 0
    ? "the features count from 0: one of them has that number"
    : "the features count from 1, as in files of LIBSVM and SVMlight; those of scikit-learn's dump_svmlight_file count from 0";

/** Reads, and names options of the command where the reader names fields of a definition. @throws DataError */
async function withOptions<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const hint = error.hint?.replaceAll('"array"', "--array").replaceAll('"indexBase":', "--index-base");
    throw new DataError(error.message, { path: error.path, value: error.value, hint, cause: error });
  }
}

/** Reads with the number of the first feature where the format asks for it and nobody said it: 1 if no feature has the number 0. @throws DataError */
async function readWith(
  said: 0 | 1 | undefined,
  read: (base?: 0 | 1) => Promise<FileTable>,
): Promise<{ readonly table: FileTable; readonly indexBase?: 0 | 1 }> {
  if (said !== undefined) return { table: await read(said), indexBase: said };
  try {
    return { table: await read() };
  } catch (error) {
    for (const indexBase of [1, 0] as const) {
      try {
        return { table: await read(indexBase), indexBase };
      } catch (other) {
        if (!(other instanceof DataError)) throw other;
        if (other.message === (error as Error).message) break; // it was not that
      }
    }
    throw error;
  }
}

async function reportsOn(table: FileTable): Promise<ReadonlyMap<number, ColumnReport>> {
  const all = Array.from({ length: table.columns }, (_, column) => column);
  const isOfInterest = (column: number): boolean =>
    column === 0 || column === table.columns - 1 || column === table.label || table.kindOf(column) !== "numbers";
  const chosen = table.columns <= fewColumns ? all : all.filter(isOfInterest);
  const reports = new Map<number, ColumnReport>();
  for (const column of chosen) reports.set(column, await reportColumn(table, column));
  return reports;
}
