import type { Row } from "../record.js";
import type { RunDefinition } from "../run.js";
import { refuse } from "./refuse.js";

/**
 * The rows of a run folder as claims are judged by them: steps that increase, and a number for every probe of the definition.
 *
 * @throws DataError  naming the line
 */
export function checkedRows(path: string, rows: readonly Readonly<Record<string, unknown>>[], { record }: RunDefinition): readonly Row[] {
  let last = -1;
  rows.forEach((row, i) => {
    const missing = ["step", ...record.probes].find((probe) => typeof row[probe] !== "number");
    if (missing !== undefined) refuse(path, `line ${i + 1} lacks a number that its definition records: ${missing}`, row[missing]);
    const step = row.step as number;
    if (!Number.isSafeInteger(step) || step <= last)
      refuse(path, `line ${i + 1} has step ${step}, expected an integer above ${last}`, step);
    last = step;
  });
  return rows as readonly Row[];
}
