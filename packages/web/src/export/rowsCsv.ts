import type { RunRecord } from "@steepest/experiments";
import Papa from "papaparse";

interface Recorded extends Pick<RunRecord, "arm" | "seed" | "rows"> {
  /** Name of the arm on the page. */
  readonly optimizer: string;
}

/**
 * Rows as CSV (RFC 4180, lines end with CRLF): arm, the optimiser's name, seed, step, then every probe that some run recorded; an empty
 * cell where a run did not. Numbers are the shortest decimals that read back as the same double; NaN, Infinity and -Infinity by these names, as pandas and R
 * read them.
 */
export function rowsCsv(records: readonly Recorded[]): string {
  const probes = [...new Set(records.flatMap(({ rows }) => rows.flatMap((row) => Object.keys(row))))].filter((name) => name !== "step");
  const lines = records.flatMap(({ arm, optimizer, seed, rows }) =>
    rows.map((row) => [arm, optimizer, number(seed), number(row.step), ...probes.map((probe) => number(row[probe]))]),
  );
  return `${Papa.unparse([["arm", "optimizer", "seed", "step", ...probes], ...lines], { newline: "\r\n" })}\r\n`;
}

function number(value: number | undefined): string {
  return value === undefined ? "" : Object.is(value, -0) ? "-0" : String(value);
}
