import { encodeNumber } from "@steepest/core";
import { type Column, rowsOf, type TableWriter, textBytes, valueAt } from "../write/column.js";

/**
 * JSON, a list of one object per row, each on its line: numbers as the shortest decimals that read back as the same double, NaN, Infinity and -Infinity as strings,
 * -0 as -0.0; a missing value is null.
 */
export const jsonWriter: TableWriter = {
  id: "json",
  title: "a list of objects (.json)",
  extension: "json",
  write: async (columns) => {
    const keys = columns.map(({ name }) => JSON.stringify(name));
    const rowText = (row: number): string => `{${columns.map((column, k) => `${keys[k]}:${valueText(column, row)}`).join(",")}}`;
    const part = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, i) => `${from + i === 0 ? "" : ","}\n${rowText(from + i)}`).join("");
    return textBytes("[", rowsOf(columns), part, "\n]\n");
  },
};

function valueText(column: Column, row: number): string {
  const value = valueAt(column, row);
  if (value === undefined) return "null";
  return typeof value === "string" ? JSON.stringify(value) : encodeNumber(value);
}
