import type { ExperimentDefinition } from "@steepest/experiments";
import { expect, test } from "vitest";
import { elsewhereLines, publishedTable } from "../src/report.js";
import { tiny } from "./support/study.js";

test("every published curve stands in one table with its distance at each step", () => {
  const point = (step: number, ratio: number) => ({ step, published: 1, measured: ratio, ratio });
  const findings = [
    { arm: "sign", probe: "margin.linf", points: [point(20, 0.51234), { ...point(1000, 2.4), carried: true as const }] },
    { arm: "gradient", probe: "margin.l2", points: [point(20, Number.NaN), point(50, 1)] },
  ];
  expect(publishedTable(findings).split("\n")).toEqual([
    "measured / published  step 20  step 50  step 1000",
    "sign: margin.linf     0.512    -        2.4*",
    "gradient: margin.l2   -        1        -",
    "* carried from the last row before that step, where a run was frozen or nothing was recorded",
  ]);
});

test("what was recorded and stands neither in the table nor in the figure is named, and why", () => {
  const probes = ["logRisk", "trainAccuracy", "margin.l2", "norm.l2", "alignment"];
  const definition = {
    ...tiny,
    record: { ...tiny.record, probes },
    figure: [{ probe: "margin.l2", scale: "log" }],
  } as ExperimentDefinition;
  expect(elsewhereLines(definition)).toEqual([
    "not in this table: norm.l2, alignment (the table shows log risk, accuracies, errors and margins; rows.jsonl has all)",
    "not in the figure: logRisk, trainAccuracy, norm.l2, alignment (no panel of the definition shows them)",
  ]);
  const shown = ["logRisk", "margin.l2"];
  const figure = shown.map((probe) => ({ probe, scale: "linear" as const }));
  expect(elsewhereLines({ ...definition, record: { ...tiny.record, probes: shown }, figure })).toEqual([]);
});
