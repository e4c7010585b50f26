import type { Format } from "../table/format.js";

/**
 * A table of text, one sample per record, with or without a heading: comma-, semicolon-, tab- or blank-separated values, in UTF-8 or UTF-16. `TextRecords` says
 * what a record is. A heading is a first record without numbers, or with the numbers 0, 1, 2, ... of its columns, as pandas writes them, or the comment before
 * the first sample, as numpy.savetxt writes it. Columns at the left without a name number or name the rows, as pandas and R write them, and are no coordinates.
 */
export const csv: Format = {
  id: "csv",
  title: "a table of text (CSV, TSV)",
  extensions: ["csv", "tsv", "txt", "dat", "data"],
  recognises: () => true,
  read: async (file, options) => new (await import("./csvTable.js")).CsvTable(file, options),
};
