import { drive, Training } from "@steepest/core";
import { describe, expect, test } from "vitest";
import {
  type Claim,
  catalog,
  drawData,
  type ExperimentDefinition,
  expectationFindings,
  figure,
  homogeneityNote,
  isHomogeneous,
  parseDefinition,
  probeLabel,
  probeName,
  runsOf,
  trainOptions,
  verdicts,
} from "../../src/index.js";
import { collect } from "../support/collect.js";
import { binary } from "../support/hosts.js";
import { record } from "../support/record.js";
import { noFiles, tiny } from "../support/tiny.js";

const silu: ExperimentDefinition = {
  ...tiny,
  network: { ...tiny.network, kind: "mlp", hidden: [6], activation: "silu", homogeneity: "measured" },
};
/** Declared as measured, and homogeneous all the same. */
const relu: ExperimentDefinition = { ...silu, network: { ...silu.network, activation: "relu" } as ExperimentDefinition["network"] };
const host = { kernels: binary, files: noFiles };

test("a network is what it is, not what a definition allows", () => {
  expect([tiny, relu, silu].map(isHomogeneous)).toEqual([true, true, false]);
  expect([tiny, relu].map(homogeneityNote)).toEqual([undefined, undefined]);
  expect(homogeneityNote(silu)).toMatch(/^\* the network is not homogeneous: margins are those of the degree of its limit, 2, /);
});

test("margins that are quotients by a power of the limit's degree say so, other probes do not", () => {
  const labels = (definition: ExperimentDefinition) =>
    ["margin.linf", "softMargin.own", "margin.lp(3)", "homogenizedMargin.linf", "norm.l2", "logRisk"].map((name) =>
      probeLabel(name, definition),
    );
  expect(labels(relu)).toEqual(labels(tiny));
  expect(labels(silu).map((label, i) => label.replace(labels(tiny)[i]!, ""))).toEqual([
    " (degree of the limit)",
    " (degree of the limit)",
    " (degree of the limit)",
    "",
    "",
    "",
  ]);
  expect([probeName("margin.l2", silu), probeName("logRisk", silu), probeName("margin.l2", relu)]).toEqual([
    "margin.l2*",
    "logRisk",
    "margin.l2",
  ]);
});

const records = Object.keys(tiny.arms).flatMap((arm) =>
  tiny.seeds.map((seed) =>
    record(arm, seed, [0, 1, 10], { logRisk: [1, -6, -9], "margin.l2": [0, 1, 2], "margin.linf": [0, 1, arm === "sign" ? 3 : 2] }),
  ),
);

test("theory expects nothing of its arms, and says why", () => {
  for (const { expects, largest, source } of expectationFindings(silu, records)) {
    expect([expects, largest]).toEqual(["not expected: the network is not homogeneous", "-"]);
    expect(source).toContain("f(x; cθ) = c^L f(x; θ)");
  }
  expect(expectationFindings(relu, records)).toEqual(expectationFindings(tiny, records));
});

test("a figure names neither own margins nor the paper's symbols, and says why", () => {
  const text = (definition: ExperimentDefinition) => JSON.stringify(figure(definition, records, { ownThick: true }));
  expect(text(tiny)).toMatch(/sign: own margin ℓ∞, γ₁/);
  expect(text(tiny)).toContain("margin in ℓ2 (paper: γ₂)");
  expect(text(silu)).not.toMatch(/own margin|γ/);
  expect(text(silu)).toContain("margin in ℓ2 (degree of the limit)");
  expect(text(silu)).toContain("the network is not homogeneous: no theorem expects what is drawn");
});

test("claims of what the theorems say are judged as conjectures, others as they are", () => {
  const claims: readonly Claim[] = [
    { best: "sign", of: "margin.linf", at: "end" },
    { arm: "sign", probe: "margin.l2", after: { logRiskBelow: -5 }, relation: "nondecreasing", relativeSlack: 0 },
    { left: { arm: "sign", probe: "margin.l2", at: "end" }, relation: ">", right: 1 },
    { best: "gradient", of: "logRisk", at: "end" },
  ];
  const [exact, measured] = [tiny, silu].map((definition) => verdicts({ ...definition, claims }, records));
  const note = " (a conjecture: the network is not homogeneous)";
  expect(measured!.map(({ expected }, i) => expected.replace(exact![i]!.expected, ""))).toEqual([note, note, "", ""]);
  expect(measured!.map(({ holds }) => holds)).toEqual(exact!.map(({ holds }) => holds));
});

test("a claim about a fall that theory promises to be none is refused: there is no such number", () => {
  const claims = [{ left: { arm: "sign", probe: "health.softMarginFall", at: "end" }, relation: "<=", right: 0.1 }];
  const about = (definition: ExperimentDefinition) => () =>
    parseDefinition({ ...definition, claims, record: { ...tiny.record, probes: [...tiny.record.probes, "health.softMarginFall"] } });
  expect(about(silu)).toThrow(
    "claims[0]: health.softMarginFall has no value where theory promises no growth: the network is not homogeneous",
  );
  expect(about(relu)).not.toThrow();
});

const defects = ["eulerDefect.max", "eulerDefect.median", "quasiEulerDefect.max", "homogenizedMargin.own", "homogenizedMargin.lp(3)"];
const drawn = async (definition: ExperimentDefinition) => {
  const run = { ...runsOf(definition)[0]!.run, stop: { steps: 20 } };
  const { train, test: held } = await drawData(run.dataset, run.seed, host);
  return { run, train, options: trainOptions(run, train, held) };
};

test("a run measures what its rows hold, and nothing else", async () => {
  const measures = async (probes: readonly string[]) =>
    (await drawn({ ...silu, record: { ...tiny.record, probes: ["logRisk", ...probes] } })).options.measure;
  expect(await measures([])).toBeUndefined();
  expect(await measures(["eulerDefect.max", "quasiEulerDefect.median"])).toEqual(["eulerDefect"]);
  expect(await measures(["homogenizedMargin.l1"])).toEqual(["homogenizedMargin"]);
  expect(await measures(defects)).toEqual(["eulerDefect", "homogenizedMargin"]);
});

describe.each([["silu"], ["gelu"], [{ elu: 1 }], ["softplus"], ["tanh"]] as const)("with %j", (activation) => {
  const definition: ExperimentDefinition = {
    ...silu,
    network: { ...silu.network, kind: "mlp", hidden: [6], activation, homogeneity: "measured" },
    record: { ...tiny.record, probes: ["logRisk", "margin.own", "norm.lp(3)", ...defects] },
    claims: [],
    figure: [],
  };

  test("a definition trains, and its rows hold the numbers of core", async () => {
    const { run, options } = await drawn(parseDefinition(definition));
    const training = new Training(options, host);
    const events = drive(training, { perDecade: tiny.record.pointsPerDecade }, host);
    const points = [...events].flatMap((event) => (event.kind === "point" ? [event.point] : []));
    const { rows } = await collect(run, binary);
    expect(rows.map((row) => row["eulerDefect.max"])).toEqual(points.map(({ eulerDefect }) => eulerDefect.max));
    expect(rows.map((row) => row["homogenizedMargin.own"])).toEqual(points.map(({ homogenizedMargin }) => homogenizedMargin.l2));
    expect(rows.map((row) => row["homogenizedMargin.lp(3)"])).toEqual(points.map(({ homogenizedMargin }) => homogenizedMargin["lp(3)"]));
    expect(rows.at(-1)!["eulerDefect.max"]).toBeGreaterThan(0);
    expect(rows.at(-1)!["quasiEulerDefect.max"]).toBeNaN();
  });
});

test("the names that others have for the probes lead to them", () => {
  const asked = (probe: string) => () =>
    parseDefinition({ ...tiny, record: { ...tiny.record, probes: ["logRisk", "margin.linf", "margin.l2", probe] } });
  expect(asked("homogeneityDefect")).toThrow(expect.objectContaining({ hint: expect.stringContaining('write "eulerDefect.max"') }));
  expect(asked("homogenizedMargin")).toThrow(expect.objectContaining({ hint: expect.stringContaining('"homogenizedMargin.own"') }));
});

test("the catalog's definitions of networks that are not homogeneous are those that say so", () => {
  const found = [...catalog].filter(([, { definition }]) => !isHomogeneous(definition)).map(([id]) => id);
  expect(found).toEqual(expect.arrayContaining(["activations-elu", "activations-silu"]));
  for (const id of found) expect(catalog.get(id)!.definition.network).toMatchObject({ homogeneity: "measured" });
});
