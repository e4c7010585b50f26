import { DefinitionError } from "@steepest/core";
import { expect, test } from "vitest";
import { type FiguredRun, probeFigure, runsOf } from "../../src/index.js";
import { record } from "../support/record.js";
import { tiny } from "../support/tiny.js";

const planned = runsOf({ ...tiny, seeds: [0, 1] });

/** A run of an arm of the tiny experiment with other numbers. */
function figured(arm: string, seed: number, steps: number[], values: Record<string, number[]>): FiguredRun {
  const run = planned.find((each) => each.arm === arm && each.seed === seed)!.run;
  return { ...record(arm, seed, steps, values), run: { ...run, record: { ...run.record, probes: Object.keys(values) } } };
}

const runs = [
  figured("gradient", 0, [0, 1, 10], { logRisk: [1, -2, -6], "margin.l2": [-1, 2, 4], "norm.l2": [1, 2, 100] }),
  figured("gradient", 1, [0, 1, 10], { logRisk: [1, -4, -8], "margin.l2": [-1, 4, 8], "norm.l2": [1, 3, 50] }),
  figured("sign", 0, [0, 1, 10], { logRisk: [1, -1, -3], "margin.l2": [-1, 0, Number.NaN], "norm.l2": [1, 3, 9] }),
];

test("over the step: mean and range over the seeds of an arm", () => {
  const { columns, rows, spec } = probeFigure(runs, { title: "mine", x: "step", y: ["margin.l2"] });
  expect(columns).toEqual(["probe", "arm", "seeds", "step", "mean", "low", "high"]);
  expect(rows).toEqual([
    ["margin.l2", "gradient", 2, 1, 3, 2, 4],
    ["margin.l2", "gradient", 2, 10, 6, 4, 8],
    ["margin.l2", "sign", 1, 1, 0, 0, 0],
  ]);
  expect(JSON.stringify(spec.title)).toContain('"mine"');
});

test("over logRisk: at the depths that a seed reaches first, on the line between rows, as far as every seed came", () => {
  const { columns, rows } = probeFigure(runs.slice(0, 2), { title: "mine", x: "logRisk", y: ["margin.l2"] });
  expect(columns[3]).toBe("depth");
  expect(rows.map((row) => row.slice(3))).toEqual([
    [1, 1, 1, 1],
    [2, (2 + 2) / 2, 2, 2],
    [4, (3 + 4) / 2, 3, 4],
    [6, (4 + 6) / 2, 4, 6],
  ]);
});

test("over any other probe: the path of each run, in the order of its steps, without what an axis cannot show", () => {
  const { columns, rows, spec } = probeFigure(runs, { title: "mine", x: "norm.l2", y: ["margin.l2", "logRisk"] });
  expect(columns).toEqual(["probe", "arm", "seed", "step", "norm.l2", "value"]);
  expect(rows.filter(([probe]) => probe === "margin.l2")).toEqual([
    ["margin.l2", "gradient", 0, 0, 1, -1],
    ["margin.l2", "gradient", 0, 1, 2, 2],
    ["margin.l2", "gradient", 0, 10, 100, 4],
    ["margin.l2", "gradient", 1, 0, 1, -1],
    ["margin.l2", "gradient", 1, 1, 3, 4],
    ["margin.l2", "gradient", 1, 10, 50, 8],
    ["margin.l2", "sign", 0, 0, 1, -1],
    ["margin.l2", "sign", 0, 1, 3, 0],
  ]);
  const panels = spec.concat as { encoding: { x: { scale: { type: string } }; y: { scale: { type: string } } } }[];
  expect(panels.map(({ encoding: { x, y } }) => [x.scale.type, y.scale.type])).toEqual([
    ["log", "linear"],
    ["log", "linear"],
  ]);
});

test("an axis can be chosen", () => {
  const { spec } = probeFigure(runs, { title: "mine", x: "norm.l2", y: ["margin.l2"], scale: "symlog" });
  const [panel] = spec.concat as { encoding: { y: { scale: { type: string } } } }[];
  expect(panel!.encoding.y.scale.type).toBe("symlog");
});

test("a probe that a run has not recorded is refused with its name", () => {
  const ask = (): unknown => probeFigure(runs, { title: "mine", x: "step", y: ["margin.l3"] });
  expect(ask).toThrow(DefinitionError);
  expect(ask).toThrow("margin.l3: is not recorded by gradient s0");
});
