import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runHost } from "../src/runHost.js";
import { steepest } from "./support/steepest.js";
import { temporaryFolder } from "./support/study.js";

const arm = (norm: string, smoothing?: string) => ({
  optimizer: { kind: "steepest", norm, normalized: true, ...(smoothing && { smoothing }) },
  step: { rule: "marginPaced", c: 0.25 },
});
const definition = {
  id: "linear",
  dataset: { kind: "gaussianClasses", inputDim: 10, classes: 2, meanNorm: 2, deviation: 0.5, trainSize: 40, testSize: 0 },
  network: { kind: "linear", init: { law: "uniformFanIn", scale: 0.01 } },
  loss: { kind: "exponential", reduction: "sum" },
  arms: { gradient: arm("l2"), sign: arm("linf", "none"), coordinate: arm("l1", "alignment") },
  seeds: [0],
  stop: { steps: 20_000 },
  record: { probes: ["marginRatio.l2", "marginRatio.linf", "marginRatio.l1", "marginRatio.own", "maxMarginCosine.l2"], pointsPerDecade: 1 },
};

test("on a linear model each descent comes to the largest margin of its own norm, and to no other", async () => {
  expect(Object.keys(runHost({} as never, {} as never))).toContain("largestMargin");
  const folder = temporaryFolder();
  writeFileSync(join(folder, "linear.json"), JSON.stringify(definition));
  const { code, stderr } = await steepest(["run", "linear.json", "--progress", "none"], { cwd: folder });
  expect(code, stderr).toBe(0);
  const runs = readdirSync(join(folder, "runs", "linear")).filter((name) => name !== "figures");
  const last = (name: string) => {
    const run = runs.find((path) => path.startsWith(name))!;
    return JSON.parse(
      readFileSync(join(folder, "runs", "linear", run, "rows.jsonl"), "utf8")
        .trimEnd()
        .split("\n")
        .at(-1)!,
    );
  };
  const [gradient, sign, coordinate] = [last("gradient"), last("sign"), last("coordinate")];
  expect(gradient["marginRatio.l2"]).toBeGreaterThan(0.99);
  expect(gradient["maxMarginCosine.l2"]).toBeGreaterThan(0.999);
  expect(sign["marginRatio.linf"]).toBeGreaterThan(0.97);
  expect(coordinate["marginRatio.l1"]).toBeGreaterThan(0.98);
  for (const [row, others] of [
    [gradient, ["linf", "l1"]],
    [sign, ["l2", "l1"]],
    [coordinate, ["l2", "linf"]],
  ] as const) {
    for (const id of others) expect(row[`marginRatio.${id}`]).toBeLessThan(0.95);
  }
  expect(gradient["marginRatio.own"]).toBe(gradient["marginRatio.l2"]);
  expect(sign["marginRatio.own"]).toBe(sign["marginRatio.linf"]);
  expect(coordinate["marginRatio.own"]).toBe(coordinate["marginRatio.l1"]);
  for (const row of [gradient, sign, coordinate])
    for (const id of ["l1", "l2", "linf"]) expect(row[`marginRatio.${id}`]).toBeLessThanOrEqual(1);
}, 120_000);
