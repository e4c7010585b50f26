import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { canonicalJson } from "@steepest/core";
import {
  type DatasetFiles,
  datasets,
  type ExperimentDefinition,
  type ImageSet,
  optimizers,
  parseDefinition,
  runsOf,
  stepRules,
} from "@steepest/experiments";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { GivenData } from "../../src/export/datasetSource.js";
import { typescriptProgram } from "../../src/export/typescriptProgram.js";
import { arms, everything } from "./arms.js";
import { kernels, noFiles, recorded } from "./recorded.js";

// Below node_modules: programs find the packages from there, and vitest leaves them to Node.
const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));
mkdirSync(nodeModules, { recursive: true });
const folder = mkdtempSync(join(nodeModules, ".programs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const images: Pick<ImageSet, "rows" | "columns"> = { rows: 4, columns: 6 };

function imageSet(count: number, shift: number): ImageSet {
  const labels = Uint8Array.from({ length: count }, (_, i) => [3, 6, 8][(i + shift) % 3]!);
  const pixels = Uint8Array.from(
    { length: count * 24 },
    (_, i) => (i * 7 + shift * 13 + (labels[Math.floor(i / 24)]! === 3 ? 90 : 0)) % 256,
  );
  return { ...images, labels, pixels };
}
const mnist = { train: imageSet(40, 0), test: imageSet(15, 1) };
const files: DatasetFiles = { mnist: async () => mnist };

function writeIdx(name: string, { labels, pixels, rows, columns }: ImageSet): void {
  const header = (...words: number[]) => new Uint8Array(words.flatMap((word) => [word >>> 24, word >>> 16, word >>> 8, word]));
  writeFileSync(join(folder, `${name}-images-idx3-ubyte`), Buffer.concat([header(0x803, labels.length, rows, columns), pixels]));
  writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), Buffer.concat([header(0x801, labels.length), labels]));
}

const teacherless = { ...everything, dataset: { ...everything.dataset, testSize: 0 } as ExperimentDefinition["dataset"] };
const { run: givenRun } = runsOf(everything)[0]!;
const data: GivenData = await datasets[givenRun.dataset.kind as "teacherStudent"].build(givenRun.dataset as never)(3, {
  kernels,
  files: noFiles,
});

/** name: the definition, the arm, and whether the data are written into the program. */
const programs: Readonly<Record<string, { readonly definition: ExperimentDefinition; readonly arm: string; readonly data?: GivenData }>> = {
  ...Object.fromEntries(Object.keys(arms).map((arm) => [arm, { definition: everything, arm }])),
  withoutTest: { definition: teacherless, arm: "gradient" },
  given: { definition: everything, arm: "sign", data },
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
  images: { definition: { ...everything, dataset: { kind: "mnistPair", digits: [3, 6], trainSize: 12, pool: 2 } }, arm: "adam" },
};

beforeAll(() => {
  for (const [name, { definition, arm, data }] of Object.entries(programs)) {
    writeFileSync(join(folder, `${name}.mts`), typescriptProgram(definition, arm, { seed: 3, data }));
  }
  writeIdx("train", mnist.train);
  writeIdx("t10k", mnist.test);
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
  parseDefinition(everything);
  const all = Object.values(arms);
  const flying = all.flatMap(({ optimizer, phases = [] }) => [optimizer, ...phases.flatMap((phase) => phase.optimizer ?? [])]);
  const pacing = all.flatMap(({ step, phases = [] }) => [step, ...phases.flatMap((phase) => phase.step ?? [])]);
  expect([...new Set(flying.map(({ kind }) => kind))].sort()).toEqual(Object.keys(optimizers).sort());
  expect([...new Set(pacing.map(({ rule }) => rule))].sort()).toEqual(Object.keys(stepRules).sort());
});

describe("a program type-checks under strict settings and prints the rows of execute, bit for bit:", () => {
  test.each(Object.entries(programs))("%s", async (name, { definition, arm }) => {
    const lines: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
    vi.stubEnv("STEEPEST_MNIST", folder);
    try {
      await import(/* @vite-ignore */ pathToFileURL(join(folder, `${name}.mjs`)).href);
    } finally {
      log.mockRestore();
      vi.unstubAllEnvs();
    }
    const rows = await recorded(definition, arm, 3, files);
    expect(rows.length).toBeGreaterThan(5);
    expect(lines).toEqual(rows.map((row) => canonicalJson(row)));
  });
});

test("an arm that is not there, and data that a program cannot draw, are refused by name", () => {
  expect(() => typescriptProgram(everything, "sgin", { seed: 0 })).toThrow('arms: there is no arm "sgin"');
  const foreign = { ...everything, dataset: { kind: "spiral" } } as unknown as ExperimentDefinition;
  expect(() => typescriptProgram(foreign, "sign", { seed: 0 })).toThrow('dataset: a program cannot draw "spiral" itself');
});
