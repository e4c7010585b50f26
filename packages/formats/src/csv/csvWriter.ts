import { rowsOf, type TableWriter, textBytes, valueAt } from "../write/column.js";
import { csvLines } from "./csvText.js";

/** CSV with a heading, as `csvText` writes it; a missing value is an empty cell. */
export const csvWriter: TableWriter = {
  id: "csv",
  title: "a table of text (.csv)",
  extension: "csv",
  write: async (columns) =>
    textBytes(csvLines([columns.map(({ name }) => name)]), rowsOf(columns), (from, to) =>
      csvLines(Array.from({ length: to - from }, (_, i) => columns.map((column) => valueAt(column, from + i) ?? ""))),
    ),
};
