import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { certify } from "@steepest/certificates";
import { type LabelledData, norms } from "@steepest/core";
import { drawData, execute, type PlannedRun, parseDefinition, type Row, runsOf, trainOptions } from "@steepest/experiments";
import { createEngine } from "@steepest/node";
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

test("the best multipliers' ratio of a row is the lower end of a certificate of its weights, and above that of the training's", async () => {
  const { kernels } = await createEngine();
  const written = {
    ...definition,
    dataset: { ...definition.dataset, inputDim: 3, trainSize: 20 },
    network: { kind: "mlp", hidden: [6], activation: "relu", init: { law: "uniformFanIn", scale: 1 } },
    arms: { sign: definition.arms.sign },
    stop: { steps: 5000, logRiskBelow: -40 },
    record: {
      probes: [
        "logRisk",
        ...["own", "l2"].flatMap((norm) => ["kkt.bestTangentMarginRatio", "kkt.tangentMarginRatio"].map((kind) => `${kind}.${norm}`)),
      ],
      pointsPerDecade: 8,
      certifyBelow: [-10, -40],
    },
  };
  const [{ run }] = runsOf(parseDefinition(written)) as [PlannedRun];
  const drawn = await drawData(run.dataset, run.seed, { kernels, files: {} as never });
  const train = drawn.train as LabelledData;
  const { network } = trainOptions(run, train, undefined);
  const points: { readonly row: Row; readonly weights: Float64Array }[] = [];
  const host = runHost(kernels, {} as never);
  const bestRatio: typeof host.bestRatio = async (place) => {
    weights = place.weights;
    return host.bestRatio!(place);
  };
  let weights: Float64Array = new Float64Array();
  for await (const event of execute(run, { ...host, bestRatio }, drawn)) {
    if (event.kind === "row" && !Number.isNaN(event.row["kkt.bestTangentMarginRatio.own"])) points.push({ row: event.row, weights });
  }
  expect(points).toHaveLength(2);
  for (const { row, weights } of points) {
    for (const [name, norm] of [
      ["own", norms.linf],
      ["l2", norms.l2],
    ] as const) {
      const best = row[`kkt.bestTangentMarginRatio.${name}`]!;
      const certification = await certify({ network, data: train, weights, norm, kernels, kinks: 0 });
      if (certification.kind !== "certified") throw new Error("no margin");
      const [lower, upper] = certification.document.entries[0]!.kappa;
      // another start, none, comes to another point of the same tolerance, 1e-9
      expect(Math.abs(best - lower)).toBeLessThan(1e-8);
      expect(best).toBeLessThanOrEqual(upper!);
      expect(best).toBeGreaterThan(row[`kkt.tangentMarginRatio.${name}`]!);
    }
  }
}, 60_000);

test("on a linear model each descent comes to the largest margin of its own norm, and to no other", async () => {
  expect(Object.keys(runHost({} as never, {} as never))).toEqual(["kernels", "files", "largestMargin", "bestRatio"]);
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
