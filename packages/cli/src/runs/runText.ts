import { canonicalJson } from "@steepest/core";
import { numberText } from "@steepest/experiments";
import { wrapped } from "../lineWidth.js";
import { warningSentence } from "../progress/progress.js";
import { endText } from "../report.js";
import { table } from "../table.js";
import type { ReadRun } from "./readRun.js";
import { sparkline } from "./sparkline.js";

/** Characters of a sparkline. */
const sparkWidth = 32;

/** A run for people: what it is, how it ended, every probe from its first row to its last, warnings. */
export function runText({ name, run, rows, end }: ReadRun): string {
  const steps = rows.map(({ step }) => step!);
  const probes = run.record.probes.map((probe) => {
    const values = rows.map((row) => row[probe]!);
    const finite = values.filter(Number.isFinite);
    const text = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? "-" : numberText(value));
    return [
      probe,
      text(values[0]),
      text(values.at(-1)),
      text(finite.length > 0 ? Math.min(...finite) : undefined),
      text(finite.length > 0 ? Math.max(...finite) : undefined),
      sparkline(values, sparkWidth),
    ];
  });
  const lines = [
    ["run", name],
    ["made of", canonicalJson(run.dataset)],
    ["network", canonicalJson(run.network)],
    ["loss", canonicalJson(run.loss)],
    ["arm", canonicalJson(run.arm)],
    ["seed", String(run.seed)],
    ["ended", end ? endText(end.outcome) : `not complete: ${rows.length === 0 ? "no row yet" : `the last row is of step ${steps.at(-1)}`}`],
    ["accuracy 1", stepText(end?.perfectAccuracyStep)],
    ["separated", stepText(end?.separationStep)],
    ["rows", rows.length === 0 ? "none" : `${rows.length}, steps ${steps[0]} to ${steps.at(-1)}; blocks by record point`],
  ];
  return [
    table(["", ""], lines).trimStart(),
    ...(rows.length > 0 ? ["", table(["probe", "first", "last", "least", "most", ""], probes)] : []),
    ...(end?.warnings ?? []).map((warning) => wrapped(`warning ${warningSentence(warning)}`)),
  ].join("\n");
}

const stepText = (step: number | undefined): string => (step === undefined ? "-" : `step ${step}`);
