import { DataError } from "@steepest/core";
import type { ColumnValues } from "@steepest/formats";
import type { Part } from "./part.js";

const mostNames = 5;

/**
 * Tells what a definition can say about columns that hold something else than a number in every row.
 *
 * @param error    the refusal of a file
 * @param part     the part of the data that was read
 * @param columns  numbers of the columns
 * @returns never
 * @throws DataError  the same with another hint, where one of the fields ignore and missing helps; else the error itself
 */
export async function tellRemedy(error: unknown, part: Part, columns: readonly number[]): Promise<never> {
  if (!(error instanceof DataError)) throw error;
  const texts = part.textsAmong(columns);
  const lacking = texts.length > 0 ? 0 : (await part.incomplete(columns)).length;
  if (texts.length === 0 && lacking === 0) throw error;
  const names = texts.slice(0, mostNames).map((name) => JSON.stringify(name));
  const hint =
    texts.length > 0
      ? `coordinates are numbers: "ignore": [${names.join(", ")}${texts.length > mostNames ? ", ..." : ""}] leaves columns of texts out, "oneHot" codes their values`
      : `"missing": "leaveOut" leaves out ${lacking === 1 ? "the sample that lacks" : `the ${lacking} samples that lack`} a value, "ignore" columns`;
  throw new DataError(error.message, { path: error.path, value: error.value, hint, cause: error });
}

/**
 * The labels of a part.
 *
 * @param part  the part
 * @param rows  the rows that are read; all of them without
 * @returns the label of each
 * @throws DataError  with the remedy, where some are missing
 */
export const labelsOf = (part: Part, rows: readonly number[] | undefined): Promise<ColumnValues> =>
  part.labels(rows).catch(async (error: unknown) => {
    if (part.label === undefined || !(error instanceof DataError)) throw error;
    const lacking = await part.incomplete([part.label]);
    if (lacking.length === 0 || rows) throw error;
    const hint = `"missing": "leaveOut" leaves out samples without a label (${lacking.length})`;
    throw new DataError(error.message, { path: error.path, value: error.value, hint, cause: error });
  });
