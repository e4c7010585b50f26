import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { canonicalJson } from "@steepest/core";
import { drawData, type ExperimentDefinition, type LabelledDataset, optimizers, parseDefinition, stepRules } from "@steepest/experiments";
import { safetensorsBytes } from "@steepest/formats";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { typescriptProgram } from "../../src/export/typescriptProgram.js";
import { arms, everything } from "./arms.js";
import { kernels, noFiles, recorded } from "./recorded.js";

// Below node_modules: programs find the packages from there, and vitest leaves them to Node.
const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));
mkdirSync(nodeModules, { recursive: true });
const folder = mkdtempSync(join(nodeModules, ".programs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Data as the page draws them. */
const { train: data } = await drawData(everything.dataset as LabelledDataset, 3, { kernels, files: noFiles });

interface Program {
  readonly definition: ExperimentDefinition;
  readonly arm: string;
  /** The file of the initial weights. */
  readonly start?: { readonly bytes: Uint8Array; readonly sha256: string; readonly weights: Float64Array };
}

const wave = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => ((i * 7) % 11) / 8 - 0.6);
const inputDim = data.inputDim;
const startBytes = safetensorsBytes({
  metadata: {},
  tensors: { layer1: { shape: [5, inputDim], values: wave(5 * inputDim) }, layer2: { shape: [1, 5], values: wave(5) } },
});
const start = {
  bytes: startBytes,
  sha256: bytesToHex(sha256(startBytes)),
  weights: Float64Array.from([...wave(5 * inputDim), ...wave(5)], (weight) => 0.5 * weight),
};

const programs: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(Object.keys(arms).map((arm) => [arm, { definition: everything, arm }])),
  "initial weights of a file": {
    definition: {
      ...everything,
      network: {
        ...everything.network,
        init: { file: "start.safetensors", scale: 0.5, facts: { sha256: start.sha256 } },
      } as ExperimentDefinition["network"],
      record: { probes: ["logRisk", "margin.l1"], pointsPerDecade: 3 },
    },
    arm: "gradient",
    start,
  },
  linear: {
    definition: {
      ...everything,
      network: { kind: "linear", init: { law: "normalFanIn", scale: 0 } },
      loss: { kind: "exponential", reduction: "mean" },
      record: { probes: ["logRisk", "margin.l1"], pointsPerDecade: 3 },
    },
    arm: "gradient",
  },
  deep: {
    definition: {
      ...everything,
      network: {
        kind: "mlp",
        hidden: [5, 4],
        activation: { leakyRelu: 0.1 },
        frozenLayers: [0],
        init: { law: "uniformFanIn", scale: 1 },
      },
      record: { probes: ["logRisk", "margin.own"], pointsPerDecade: 3 },
    },
    arm: "spectral",
  },
  layers: {
    definition: {
      ...everything,
      network: {
        kind: "layers",
        layers: [
          { kind: "dense", units: 4, bias: true },
          { leakyRelu: 0.1 },
          {
            kind: "branches",
            sum: [
              [{ kind: "dense", units: 4, weights: "w" }, "relu"],
              [{ kind: "diagonal" }, "abs"],
            ],
          },
          { kind: "maxout", pieces: 2 },
        ],
        init: { law: "normalFanIn", scale: 1 },
      },
      record: { probes: ["logRisk", "margin.own"], pointsPerDecade: 3 },
    },
    arm: "gradient",
  },
  ...Object.fromEntries(
    (["logistic", "squared"] as const).map((kind) => [
      `several classes, ${kind}`,
      {
        definition: {
          ...everything,
          dataset: { kind: "gaussianClasses", inputDim: 5, classes: 4, meanNorm: 3, deviation: 0.4, trainSize: 16, testSize: 0 },
          loss: { kind, reduction: "sum" },
          record: { probes: ["logRisk", "trainAccuracy", "margin.l2"], pointsPerDecade: 3 },
          arms: { only: { optimizer: { kind: "steepest", norm: "l2", normalized: true }, step: { rule: "constant", size: 0.01 } } },
        },
        arm: "only",
      },
    ]),
  ),
};

beforeAll(async () => {
  for (const [name, { definition, arm, start: given }] of Object.entries(programs)) {
    const { train } = await drawData(definition.dataset as LabelledDataset, 3, { kernels, files: noFiles });
    writeFileSync(
      join(folder, `${name}.mts`),
      typescriptProgram(definition, arm, { seed: 3, data: train, initialWeights: given?.weights }),
    );
  }
  const options = { module: "NodeNext", target: "ES2024", lib: ["ES2024", "ESNext.Disposable", "DOM"], strict: true, types: ["node"] };
  const compilerOptions = {
    ...options,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    skipLibCheck: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.mts"] }));
  const require = createRequire(import.meta.url);
  const compiler = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");
  execFileSync(process.execPath, [compiler, "-p", folder], { stdio: ["ignore", "inherit", "inherit"] });
}, 60_000);

test("the arms hold every optimiser and every step rule of the registries", () => {
  parseDefinition({ ...everything, question: everything.question.replace(/\s+/g, " ") }); // the line break is for the programs
  const all = Object.values(arms);
  const flying = all.flatMap(({ optimizer, phases = [] }) => [optimizer, ...phases.flatMap((phase) => phase.optimizer ?? [])]);
  const pacing = all.flatMap(({ step, phases = [] }) => [step, ...phases.flatMap((phase) => phase.step ?? [])]);
  expect([...new Set(flying.map(({ kind }) => kind))].sort()).toEqual(Object.keys(optimizers).sort());
  expect([...new Set(pacing.map(({ rule }) => rule))].sort()).toEqual(Object.keys(stepRules).sort());
});

describe("a program type-checks under strict settings and prints the rows of execute, bit for bit:", () => {
  test.each(Object.entries(programs))("%s", async (name, { definition, arm, start: given }) => {
    const lines: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
    try {
      await import(/* @vite-ignore */ pathToFileURL(join(folder, `${name}.mjs`)).href);
    } finally {
      log.mockRestore();
    }
    const rows = await recorded(definition, arm, 3, given && { ...noFiles, bytes: async () => given });
    expect(rows.length).toBeGreaterThan(5);
    expect(lines).toEqual(rows.map((row) => canonicalJson(row)));
  });
});

test("an arm that is not there is refused by name", () => {
  expect(() => typescriptProgram(everything, "sgin", { seed: 0, data })).toThrow('arms: there is no arm "sgin"');
});

test("what a definition says ends where its comment ends", () => {
  const breaks = "\r\u2028\u2029\n\r\n";
  const { gradient } = arms;
  const hostile = { ...everything, id: `id${breaks}id`, question: `what?${breaks}throw 1;`, arms: { [`arm${breaks}throw 2;`]: gradient! } };
  const [first, second, third] = typescriptProgram(hostile, Object.keys(hostile.arms)[0]!, { seed: 3, data }).split(/[\r\n\u2028\u2029]/);
  expect([first, second]).toEqual([
    "// id id: what? throw 1;",
    "// Arm arm throw 2;. Prints one JSON line per recorded step: the rows.jsonl of steepest run, byte for byte.",
  ]);
  expect(third).toMatch(/^import /);
});

test("images keep their shape, layers their options", async () => {
  const images: ExperimentDefinition = {
    ...everything,
    dataset: { kind: "mnistPair", digits: [3, 6], trainSize: 4 },
    network: {
      kind: "layers",
      layers: [
        { kind: "conv2d", channels: 8, size: 5, padding: 2 },
        "relu",
        { kind: "maxPool", size: 2 },
        { kind: "globalPool", of: "max" },
      ],
      init: { law: "normalFanIn", scale: 1 },
    },
  };
  const inputs = new Float64Array(4 * 784).fill(0.5);
  const program = typescriptProgram(images, "gradient", { seed: 3, data: { inputs, inputDim: 784, labels: [1, -1, 1, -1] } });
  expect(program).toContain(
    'network: layers({ input: { channels: 1, height: 28, width: 28 }, layers: [conv2d({ channels: 8, size: 5, padding: 2 }), "relu", maxPool({ size: 2 }), globalPool({ of: "max" }), dense({ units: 1 })]',
  );
  expect(program).toMatch(/^import \{[^}]*\bconv2d\b[^}]*\} from "@steepest\/core";$/m);
});
