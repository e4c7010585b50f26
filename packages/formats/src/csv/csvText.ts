import Papa from "papaparse";

/**
 * A table as CSV (RFC 4180, lines end in a line feed): texts are quoted where they must be, numbers have the shortest decimals that read back as the same double, -0
 * included, and NaN, Infinity and -Infinity stand as such.
 *
 * @param columns  names of the columns
 * @param rows     as many values each
 * @returns the text, with a heading
 */
export function csvText(columns: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  return csvLines([columns, ...rows]);
}

/**
 * Lines of CSV, as `csvText` writes them.
 *
 * @param rows  their values
 * @returns the lines, each with its end
 */
export function csvLines(rows: readonly (readonly (string | number)[])[]): string {
  const written = (value: string | number): string => (Object.is(value, -0) ? "-0" : String(value));
  return `${Papa.unparse(
    rows.map((row) => row.map(written)),
    { newline: "\n" },
  )}\n`;
}
