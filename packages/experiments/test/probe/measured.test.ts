import { readFileSync } from "node:fs";
import { type DefinitionError, type Measurement, normOf, Training } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { definitionJsonSchema, drawData, type ExperimentDefinition, parseDefinition, probeOf, probes, runsOf } from "../../src/index.js";
import { measuredInNorms, measuredScalars } from "../../src/probe/measured.js";
import { measurementsOf, normOfProbe, normProbePattern, probeHint } from "../../src/probe/probe.js";
import { execute, trainOptions } from "../../src/run.js";
import { collect } from "../support/collect.js";
import { binary } from "../support/hosts.js";
import { noFiles, tiny } from "../support/tiny.js";

const recording = (names: readonly string[], more: Partial<ExperimentDefinition> = {}): ExperimentDefinition => ({
  ...tiny,
  record: { ...tiny.record, probes: [...names] },
  claims: [],
  figure: [],
  ...more,
});

/** Every measured probe: of the run, in the own norm, in one of the registry and in one of an expression. */
const all = [
  ...Object.keys(measuredScalars),
  ...Object.keys(measuredInNorms).flatMap((kind) => [
    ...(kind === "alignment" ? [] : [`${kind}.own`]),
    `${kind}.spectral`,
    `${kind}.max(1*spectral,0.5*linf)`,
  ]),
];

test("rows hold what core measures under the name of the probe, the own norm under own", async () => {
  const definition = recording(["logRisk", ...all], { stop: { steps: 3000, logRiskBelow: -6 } });
  const planned = runsOf(definition).find(({ arm, seed }) => arm === "sign" && seed === 0)!;
  const { train } = await drawData(tiny.dataset, 0, { kernels: binary, files: noFiles });
  const { rows } = await collect(planned.run, binary);
  const training = new Training(trainOptions(planned.run, train, undefined), { kernels: binary });
  const events = execute(planned.run, { kernels: binary, files: noFiles });
  let points = 0;
  for await (const event of events) {
    if (event.kind !== "row") continue;
    const { point, row } = event;
    expect(row).toEqual(rows[points++]);
    for (const name of all) {
      const measured = point.measured[name.replace(/own$/, "linf")];
      expect(measured, name).toBeTypeOf("number");
      expect(row[name], name).toBe(measured);
    }
    for (const id of ["spectral", "max(1*spectral,0.5*linf)"]) expect(point.measured[`alignment.${id}`]).toBeTypeOf("number");
    expect(point.measured["alignment.linf"]).toBe(point.alignment);
  }
  expect(points).toBeGreaterThan(5);
  expect(training.point().measured["alignment.linf"]).toBe(rows[0]!.alignment ?? training.point().alignment);
});

test("a run is asked for the measurements of its probes and for no other", () => {
  const asked: readonly (readonly [string, Measurement])[] = [
    ["alignment.l2", "alignment"],
    ["kkt.stationarity.linf", "kkt"],
    ["kkt.complementarityBound.own", "kkt"],
    ["kkt.averageTangentMarginRatio.lp(3)", "averageMultipliers"],
    ["effectiveSupportCount", "effectiveSupport"],
    ["sandwich.lower.nuclear", "sandwich"],
    ["softMarginGrowth.totalSlack", "softMarginGrowth"],
    ["update.alignment.own", "update"],
    ["direction.cosineToHalf", "direction"],
    ["direction.pathLength", "pathLength"],
    ["gradient.cosine", "gradient"],
    ["speed.logRisk", "speed"],
    ["frankWolfeGap.own", "frankWolfeGap"],
  ];
  for (const [name, measurement] of asked) expect(measurementsOf(["logRisk", "margin.l2", "alignment", name])).toEqual([measurement]);
  expect(new Set(asked.map(([, measurement]) => measurement)).size).toBe(12);
  const declared = [...Object.values(measuredScalars), ...Object.values(measuredInNorms)].map(({ measurement }) => measurement);
  expect(new Set(declared)).toEqual(new Set(asked.map(([, measurement]) => measurement)));
  expect(measurementsOf(["logRisk", "alignment", "margin.own"])).toEqual([]);
});

test("every one has a label of its own, in every norm, and stands in the list", () => {
  const labels = [...probes.values()].map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  for (const name of Object.keys(measuredScalars)) expect(probes.has(name)).toBe(true);
  for (const kind of Object.keys(measuredInNorms)) {
    expect(probeOf(`${kind}.linf`)?.label).toContain("ℓ∞");
    expect(probeOf(`${kind}.lp(3)`)?.name).toBe(`${kind}.lp(3)`);
    expect(normOfProbe(`${kind}.lp(3)`)?.id).toBe(normOf({ lp: 3 }).id);
    expect(probeOf(`${kind}.own`)?.label ?? "").toBe(kind === "alignment" ? "" : measuredInNorms[kind]!.label("the own norm"));
  }
});

test("the schema has their names, with the forms of norm expressions; a dot in a name is no wildcard", () => {
  const text = JSON.stringify(definitionJsonSchema());
  for (const name of ["kkt.stationarity.linf", "sandwich.upper.own", "direction.pathLength"]) expect(text).toContain(`"${name}"`);
  const pattern = new RegExp(normProbePattern, "u");
  for (const kind of Object.keys(measuredInNorms)) {
    expect(`${kind}.lp(3)`).toMatch(pattern);
    expect(`${kind}.max(1*spectral,0.5*linf)`).toMatch(pattern);
    expect(`${kind}.lp(1)`).not.toMatch(pattern);
    if (kind.includes(".")) expect(`${kind.replace(".", "x")}.lp(3)`).not.toMatch(pattern);
  }
});

test.each([
  ["stationarity.l2", 'write "kkt.stationarity.l2", KKT stationarity 1 − β in ℓ2'],
  ["kappa", 'write "kkt.tangentMarginRatio.own", tangent margin ratio κ in the own norm, training weights'],
  ["kkt.stationarity", 'it is named by its norm: "kkt.stationarity.own", "kkt.stationarity.linf", "kkt.stationarity.lp(3)"'],
  ["kkt.stationarity.l3", 'write "kkt.stationarity.lp(3)"'],
  ["alignment.own", 'write "alignment", alignment in the own norm'],
  ["effective sample size", 'write "effectiveSupportCount", effective number of support samples, (Σw)² / Σw²'],
  ["direction.cosine", 'write "direction.cosineToLast", cosine of θ to that of the last point'],
  ["update.alignment.lp(0.5)", "lp: must be a number with 1 < p < infinity, got 0.5"],
])("%s is answered with its name here", (name, hint) => {
  expect(probeOf(name)).toBeUndefined();
  expect(probeHint(name)).toBe(hint);
});

describe("a definition is told where theory has no number", () => {
  /** The reason for which a probe alone is refused; undefined where it is not. */
  const refusal = (probe: string, more: Partial<ExperimentDefinition>): string | undefined => {
    try {
      parseDefinition(recording([probe], more));
      return undefined;
    } catch (error) {
      return (error as DefinitionError).issues.map(({ message }) => message).join();
    }
  };

  test("with a loss of targets, and no other probe is refused", () => {
    for (const name of all) {
      const refused = /^(kkt|sandwich|softMarginGrowth|effectiveSupport)/.test(name);
      const reason = "record.probes[0]: has no value with the loss squared, which is none of margins";
      expect(refusal(name, { loss: { kind: "squared", reduction: "sum" } }), name).toBe(refused ? reason : undefined);
    }
  });

  test("with a network that is not homogeneous", () => {
    const network = { kind: "mlp", hidden: [6], activation: "silu", homogeneity: "measured", init: tiny.network.init } as const;
    for (const name of all) {
      const refused = /^(kkt|softMarginGrowth)/.test(name);
      const reason = "record.probes[0]: has no value for a network that is not homogeneous, of which the theorems say nothing";
      expect(refusal(name, { network }), name).toBe(refused ? reason : undefined);
    }
  });
});

test("the example of docs/probes.md can be recorded and drawn", () => {
  const text = readFileSync(new URL("../../../../docs/probes.md", import.meta.url), "utf8");
  const [, example] = /```json\n(.*?)```/s.exec(text)!;
  const parsed = parseDefinition({ ...tiny, claims: [], ...JSON.parse(`{${example}}`) });
  expect(parsed.figure.every(({ over }) => over === "depth")).toBe(true);
});

test("docs/probes.md defines every one of them", () => {
  const text = readFileSync(new URL("../../../../docs/probes.md", import.meta.url), "utf8").replace(/```.*?```/gs, "");
  const defined = new Set<string>();
  let before = "";
  for (const [, code] of text.matchAll(/`([^`]+)`/g)) {
    before = code!.startsWith(".") ? before.replace(/\.\w+$/, code!) : code!.replace(/\.NORM$/, "");
    defined.add(before);
  }
  for (const name of [...Object.keys(measuredScalars), ...Object.keys(measuredInNorms)]) expect(defined, name).toContain(name);
  for (const { measurement } of [...Object.values(measuredScalars), ...Object.values(measuredInNorms)])
    expect(defined).toContain(measurement);
});
