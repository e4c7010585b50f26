import { type RecordedRow, refuseChanged } from "@steepest/core/internal";
import type { MeasuredPoint } from "../probe/measuredPoint.js";
import { probeOf } from "../probe/probe.js";
import type { RunDefinition } from "./definition.js";

/** One recorded step: the step, and the value of each probe of the definition. */
export interface Row {
  readonly step: number;
  readonly [probe: string]: number;
}

/**
 * The row of a record point: its step and the probes of these names.
 *
 * @param point  a record point
 * @param names  names of probes
 * @returns numbers, NaN where the point has no value
 */
export function readRow(point: MeasuredPoint, names: readonly string[]): Row {
  return Object.fromEntries([["step", point.step], ...names.map((name) => [name, probeOf(name)!.read(point)])]) as Row;
}

/**
 * The rows of a run folder as claims are judged by them: steps that increase, and a number for every probe of the definition.
 *
 * @param path  path of the rows.jsonl, for messages
 * @param rows  its decoded lines
 * @param run   the definition of the run
 * @returns the rows
 * @throws DataError  naming the line
 */
export function parseRows(path: string, rows: readonly RecordedRow[], { record }: RunDefinition): readonly Row[] {
  let last = -1;
  rows.forEach((row, i) => {
    const refuse = (problem: string, value: unknown): never => refuseChanged(path, `line ${i + 1} ${problem}`, value);
    const { step } = row;
    if (!Number.isSafeInteger(step) || (step as number) <= last)
      refuse(`has step ${JSON.stringify(step) ?? "nothing"}, expected an integer above ${last}`, step);
    last = step as number;
    const missing = record.probes.find((probe) => typeof row[probe] !== "number");
    if (missing !== undefined) refuse(`has no number for the probe ${missing} of its definition`, row[missing]);
    const unknown = Object.keys(row).find((name) => name !== "step" && !record.probes.includes(name));
    if (unknown !== undefined) refuse(`has ${unknown}, which is no probe of its definition`, unknown);
  });
  return rows as readonly Row[];
}
