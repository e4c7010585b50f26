import { directionForms, losses, normForms, norms } from "@steepest/core";
import { catalog, datasets, layerKinds, networks, optimizers, parseDefinition, probeOf, probes, stepRules } from "@steepest/experiments";
import { expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { tiny } from "../support/study.js";

const registries = {
  experiments: [...catalog.keys()],
  norms: [
    ...Object.keys(norms),
    ...normForms.map(({ name }) => name),
    "module",
    "newtonSchulz",
    ...directionForms.map(({ key }) => `{ ${key} }`),
  ],
  optimizers: [...Object.keys(optimizers), "module"],
  steps: Object.keys(stepRules),
  losses: Object.keys(losses),
  networks: Object.keys(networks),
  layers: Object.keys(layerKinds),
  datasets: Object.keys(datasets),
  probes: [...probes.keys()],
};

test("list --json names every member of every registry", async () => {
  const { code, stdout, stderr } = await steepest(["list", "--json"]);
  const listed = Object.entries(JSON.parse(stdout) as Record<string, { name: string; what: string }[]>);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(Object.fromEntries(listed.map(([section, members]) => [section, members.map(({ name }) => name)]))).toEqual(registries);
  for (const { what } of listed.flatMap(([, members]) => members)) expect(what).not.toBe("");
});

test("list shows every section in lines that fit a terminal of 110 columns", async () => {
  const { code, stdout } = await steepest(["list"]);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.filter((line) => line in registries)).toEqual(Object.keys(registries));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
});

test("list takes one section, and shows the paper's names of the margins", async () => {
  const { stdout } = await steepest(["list", "norms"]);
  const symbols: Readonly<Record<string, string>> = { l1: "γ∞", l2: "γ₂", linf: "γ₁", spectral: "γσ" };
  const lines = Object.entries(norms).map(([id, { dual }]) => {
    const symbol = symbols[id];
    return `${id} dual ${dual.id}${symbol === undefined ? "" : `; margin.${id} is the paper's ${symbol}`}`;
  });
  const listed = stdout.split(/^lp /m)[0]!.replace(/^(\w+) +/gm, "$1 ");
  expect(listed.trimEnd().split("\n")).toEqual(["norms", ...lines]);
  for (const line of ["linf dual l1; margin.linf is the paper's γ₁", "nuclear dual spectral", "rowMax dual rowSum", "colSum dual colMax"]) {
    expect(lines).toContain(line);
  }
});

test("list names every norm that is made of others, and the directions, with how definitions and probes write them", async () => {
  const { norms: listed } = JSON.parse((await steepest(["list", "norms", "--json"])).stdout) as {
    norms: { name: string; written?: string; probe?: string }[];
  };
  const made = listed.filter(({ written }) => written !== undefined);
  expect(made.map(({ name }) => name)).toEqual([
    "lp",
    "max",
    "sum",
    "l2Of",
    "weighted",
    "module",
    "newtonSchulz",
    ...directionForms.map(({ key }) => `{ ${key} }`),
  ]);
  for (const { name, written, probe } of made) {
    const value = JSON.parse(written!);
    if ("module" in value) continue; // is a file, which is read first
    const optimizer = "kind" in value ? value : { kind: "steepest", norm: value, normalized: true };
    const step = { rule: "constant", size: 0.1 };
    const record = { ...tiny.record, probes: ["logRisk", ...(probe === undefined ? [] : [probe])] };
    expect(parseDefinition({ ...tiny, arms: { a: { optimizer, step } }, record, claims: [] }).arms.a).toEqual({ optimizer, step });
    if (probe !== undefined) expect(probeOf(probe)?.name).toBe(probe);
    else expect(["weighted", "newtonSchulz", ...directionForms.map(({ key }) => `{ ${key} }`)]).toContain(name);
  }
  const { stdout } = await steepest(["list", "norms"]);
  expect(stdout).toContain('definition: { "lp": 3 }\n');
  expect(stdout).toContain("probe: margin.max(1*spectral,0.5*linf)\n");
});

test("list optimizers says the conventions and what theory expects of each, and JSON has it too", async () => {
  const { stdout } = await steepest(["list", "optimizers"]);
  expect(stdout.replace(/\s+/g, " ")).toContain(
    "theory: margin.l2, margin.linf, margin.l1, margin.spectral (Tsilivis et al., JMLR 27 (2026), theorem 1",
  );
  const { optimizers: listed } = JSON.parse((await steepest(["list", "optimizers", "--json"])).stdout);
  const outside = "ε outside the root: √v + ε, as in torch.optim";
  expect(stdout.replace(/\s+/g, " ")).toContain(`convention: ${outside} theory: margin.linf`);
  const withSecondMoments = listed.filter(({ conventions }: { conventions: string[] }) => conventions.includes(outside));
  expect(withSecondMoments.map(({ name }: { name: string }) => name)).toEqual([
    "muonAdam",
    "adam",
    "adamW",
    "rmsProp",
    "adaGrad",
    "soap",
    "decoupledDecay",
    "coupledDecay",
  ]);
  expect(listed.find(({ name }: { name: string }) => name === "adam").theory).toEqual([expect.stringMatching(/^margin\.linf \(/)]);
});

test("list experiments says of which ones theory expects nothing", async () => {
  const { experiments } = JSON.parse((await steepest(["list", "experiments", "--json"])).stdout) as {
    experiments: readonly { readonly name: string; readonly theory?: readonly string[] }[];
  };
  const unexpected = experiments.filter(({ theory }) => theory !== undefined);
  expect(unexpected.map(({ name }) => name)).toEqual(["activations-elu", "activations-silu"]);
  expect(unexpected[0]!.theory).toEqual(["not expected: the network is not homogeneous"]);
});

test("list probes says what a probe needs to have a value", async () => {
  const { stdout } = await steepest(["list", "probes", "--json"]);
  const listed = new Map((JSON.parse(stdout).probes as { name: string; what: string }[]).map(({ name, what }) => [name, what]));
  expect(listed.get("radialLogRisk")).toMatch(/; needs a linear model on data of a linear teacher$/);
  expect(listed.get("testSquaredError")).toMatch(/; needs test samples; needs a loss of targets$/);
  expect(listed.get("margin.l2")).toMatch(/; needs labels$/);
  expect(listed.get("logRisk")).not.toContain("needs");
});
