import { createHash } from "node:crypto";
import { DefinitionError, isSteepestError, type PlainNorm, type PlainOptimizer } from "@steepest/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import {
  armRun,
  type DatasetFiles,
  definitionJsonSchema,
  drawData,
  type ExperimentDefinition,
  execute,
  expectationFindings,
  measureWeights,
  parseDefinition,
  pytorchProgram,
  resolveDefinition,
  runsOf,
} from "../../src/index.js";
import { collect } from "../support/collect.js";
import { binary } from "../support/hosts.js";
import { noFiles, tiny } from "../support/tiny.js";

/** A host whose modules are functions of this test; a text stands for the content of their files. */
const hostOf = (modules: Readonly<Record<string, { readonly text: string; readonly exported: unknown }>>): DatasetFiles => ({
  ...noFiles,
  module: async (path) => {
    const { text, exported } = modules[path]!;
    return { exported, sha256: createHash("sha256").update(text).digest("hex") };
  },
});

/** √Σ aᵢ xᵢ², aᵢ = a for every second weight. */
const striped = ({ a = 4 }: { a?: number }): PlainNorm => {
  const root = (x: Float64Array, power: number): number =>
    Math.sqrt(x.reduce((sum, v, i) => sum + (i % 2 === 0 ? 1 : power > 0 ? a : 1 / a) * v * v, 0));
  return {
    id: `striped-${a}`,
    norm: (x) => root(x, 1),
    dualNorm: (g) => root(g, -1),
    lmo: (g) => {
      const length = root(g, -1) || 1;
      return g.map((v, i) => -v / (i % 2 === 0 ? 1 : a) / length);
    },
  };
};

const descent = (): Omit<PlainOptimizer, "norm"> => ({
  id: "descent",
  expectation: "a theorem",
  lengthUnit: "unit",
  direction: ({ gradient, norm }) => norm!.lmo(gradient),
});

const files = hostOf({
  "./striped.mjs": { text: "striped", exported: striped },
  "./descent.mjs": { text: "descent", exported: descent },
});

const step = { rule: "constant", size: 0.01 };
const mine = { module: "./striped.mjs", options: { a: 9 } };
const written = {
  ...tiny,
  arms: {
    steepest: { optimizer: { kind: "steepest", norm: mine, normalized: true }, step },
    guest: { optimizer: { kind: "module", module: "./descent.mjs", norm: mine }, step },
    layers: { optimizer: { kind: "steepest", norm: { max: [mine, "linf"] }, normalized: true }, step },
  },
  seeds: [0],
  record: { ...tiny.record, probes: ["logRisk", "margin.own", "margin.l2", "margin.module(striped-9)"] },
  claims: [],
  figure: [],
};
const resolved = async (value: unknown = written, host = files): Promise<ExperimentDefinition> =>
  parseDefinition(await resolveDefinition(value, host));

const refusal = async (action: () => unknown): Promise<{ code: string; message: string; path: string; hint: string }> => {
  try {
    await action();
  } catch (error) {
    if (isSteepestError(error)) return error as never;
    throw error;
  }
  throw new Error("nothing was refused");
};

test("a definition with modules trains: an optimiser that steps along the norm it is given is steepest descent in it, bit for bit", async () => {
  const definition = await resolved();
  const [steepest, guest, layers] = await Promise.all(runsOf(definition).map(({ run }) => collect(run, binary, files)));
  expect(guest!.rows).toEqual(steepest!.rows);
  for (const row of steepest!.rows) expect(row["margin.module(striped-9)"]).toBe(row["margin.own"]);
  for (const row of layers!.rows) expect(row["margin.module(striped-9)"]).not.toBeNaN();
  expect(expectationFindings(definition, []).map(({ expects, source }) => [expects, source])).toEqual([
    ["margin.module(striped-9)", expect.stringMatching("theorem 1")],
    ["margin.module(striped-9)", "a theorem"],
    ["margin.max(module(striped-9),linf)", expect.any(String)],
  ]);
});

test("weights are measured in the norms of modules as a run records them, bit for bit", async () => {
  const definition = await resolved();
  const { run } = armRun(definition, "steepest", 0);
  const data = await drawData(run.dataset, run.seed, { kernels: binary, files });
  let weights: Float64Array = new Float64Array();
  const events = execute(run, { kernels: binary, files }, data, {
    atEnd: (training) => {
      weights = training.parameters();
    },
  });
  let last: Readonly<Record<string, number>> = {};
  for await (const event of events) if (event.kind === "row") last = event.row;
  const { inNorms } = measureWeights({ run, data, weights }, { kernels: binary, files });
  expect(inNorms["module(striped-9)"]!.margin).toBe(last["margin.module(striped-9)"]);
});

test("facts of modules are all that it takes to read a definition; its runs ask for the code", async () => {
  const sha256 = "ab".repeat(32);
  const definition = parseDefinition({
    ...written,
    arms: { mine: { optimizer: { kind: "steepest", norm: { ...mine, facts: { id: "striped-9", sha256 } }, normalized: true }, step } },
    record: { ...written.record, probes: ["logRisk", "margin.own"] },
  });
  const { message, hint } = await refusal(() => collect(runsOf(definition)[0]!.run, binary));
  expect(message).toBe("arm.optimizer.norm.module: ./striped.mjs is code, and nothing here runs code of others");
  expect(hint).toBe("steepest run loads modules from files beside the definition");
  const other = await refusal(() => collect(runsOf(definition)[0]!.run, binary, files));
  expect(other).toMatchObject({ code: "DATA", message: expect.stringContaining(`the definition is about ${sha256}`) });
  expect(other.hint).toMatch(/^the module has changed since the run began or was recorded: put it back, or start the experiment again/);
  const pinned = await refusal(() => resolved(definition));
  expect(pinned).toMatchObject({ code: "DATA", hint: expect.stringMatching(/put that back, or leave facts out of the definition/) });
});

test("without a host that runs code a definition is refused, with the reason", async () => {
  expect(await refusal(() => resolveDefinition(written, noFiles))).toMatchObject({
    path: "arms.steepest.optimizer.norm.module",
    message: expect.stringContaining("nothing here runs code of others"),
  });
  const { message, hint } = await refusal(() => parseDefinition(written));
  expect(message).toContain("arms.steepest.optimizer.norm.facts: are missing: the module ./striped.mjs has not been loaded");
  expect(message).toContain("arms.guest.optimizer.facts: are missing: the module ./descent.mjs has not been loaded");
  expect(hint).toContain("the page and its links run no code of others");
});

test.each<[string, unknown, RegExp]>([
  [
    "two norms with one id",
    {
      ...written,
      arms: { ...written.arms, other: { optimizer: { kind: "steepest", norm: { module: "./same.mjs" }, normalized: true }, step } },
    },
    /^arms\.other\.optimizer\.norm: two different norms of modules have the id "striped-9"/,
  ],
  [
    "a norm beside that of the module",
    { ...written, arms: { mine: { optimizer: { kind: "module", module: "./own.mjs", norm: "l2" }, step } } },
    /^arms\.mine\.optimizer\.norm: the module \.\/own\.mjs has a norm of its own/,
  ],
  [
    "an optimiser in the place of a norm",
    { ...written, arms: { mine: { optimizer: { kind: "steepest", norm: { module: "./descent.mjs" }, normalized: true }, step } } },
    /^arms\.mine\.optimizer\.norm\.module: \.\/descent\.mjs is refused: .*"expectation"/,
  ],
  [
    "a promise",
    { ...written, arms: { mine: { optimizer: { kind: "module", module: "./late.mjs" }, step } } },
    /^arms\.mine\.optimizer\.module: \.\/late\.mjs exports a promise/,
  ],
  [
    "a factory that throws",
    { ...written, arms: { mine: { optimizer: { kind: "module", module: "./throws.mjs" }, step } } },
    /^arms\.mine\.optimizer\.module: the default export of \.\/throws\.mjs threw Error: no/,
  ],
])("refused: %s", async (_name, value, message) => {
  const more = hostOf({
    "./striped.mjs": { text: "striped", exported: striped },
    "./descent.mjs": { text: "descent", exported: descent },
    "./same.mjs": { text: "same", exported: { ...striped({ a: 2 }), id: "striped-9" } },
    "./own.mjs": { text: "own", exported: { ...descent(), norm: "linf" } },
    "./late.mjs": { text: "late", exported: async () => descent() },
    "./throws.mjs": {
      text: "throws",
      exported: () => {
        throw new Error("no");
      },
    },
  });
  await expect(resolved(value, more)).rejects.toThrow(message);
});

test("programs over PyTorch refuse norms and optimisers of modules", async () => {
  const definition = await resolved();
  const { train } = await drawData(definition.dataset, 0, { kernels: binary, files });
  for (const [arm, message] of [
    ["steepest", 'norm.module: "./striped.mjs" has no translation to PyTorch'],
    ["guest", 'optimizer.module: "./descent.mjs" has no translation to PyTorch'],
  ] as const) {
    const make = () => pytorchProgram(definition, arm, { seed: 0, data: train as never, initialWeights: new Float64Array(30) });
    expect(make).toThrow(DefinitionError);
    expect(make).toThrow(message);
  }
});

test("the JSON schema accepts a definition with modules as it is written and with their facts, and no address of the network", async () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const validate = ajv.compile(definitionJsonSchema() as object);
  for (const definition of [written, await resolved()]) {
    expect(validate(definition), JSON.stringify(validate.errors)).toBe(true);
  }
  for (const module of [
    "https://example.org/striped.mjs",
    "/striped.mjs",
    "file:///striped.mjs",
    "C:/striped.mjs",
    "striped.json",
    "a\\b.mjs",
  ]) {
    const optimizer = { kind: "steepest", norm: { module }, normalized: true };
    expect(validate({ ...written, arms: { mine: { optimizer, step } } }), module).toBe(false);
  }
});

test("a norm that no optimiser has is recorded where the record names it, alone and in norms of layers", async () => {
  const probes = ["logRisk", "margin.module(striped-9)", "norm.max(module(striped-9),linf)"];
  const { gradient } = tiny.arms;
  const definition = await resolved({ ...written, arms: { gradient }, record: { ...written.record, probes, norms: [mine] } });
  const { rows } = await collect(runsOf(definition)[0]!.run, binary, files);
  for (const row of rows) for (const probe of probes) expect(row[probe]).not.toBeNaN();
  await expect(resolved({ ...written, arms: { gradient }, record: { ...written.record, probes } })).rejects.toThrow(
    'record.probes[1]: no module of the definition has the norm of "margin.module(striped-9)"',
  );
});
