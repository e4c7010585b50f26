import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { type ExperimentDefinition, execute, type Row, type RunEnd, runsOf } from "@steepest/experiments";
import { hashOf, openRunFolder, runName } from "@steepest/node";
import { onTestFinished } from "vitest";
import type { RunFile, RunFiles } from "../../src/runFolder/runFiles.js";
import { kernels, noFiles } from "../export/recorded.js";

/** Two arms that part after a few steps; `stalling` records NaN where a margin at θ = 0 has no value. */
export const definition: ExperimentDefinition = {
  id: "tiny",
  source: "a test",
  question: "is what was written read?",
  dataset: { kind: "moons", trainSize: 8, noise: 0.1, constant: 1 },
  network: { kind: "linear", init: { law: "normalFanIn", scale: 0 } },
  loss: { kind: "exponential", reduction: "sum" },
  arms: {
    sign: { optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" }, step: { rule: "constant", size: 0.1 } },
    gradient: { optimizer: { kind: "steepest", norm: "l2", normalized: true }, step: { rule: "constant", size: 0.1 } },
  },
  seeds: [0, 1],
  stop: { steps: 12 },
  record: { probes: ["logRisk", "margin.l2"], pointsPerDecade: 4 },
  claims: [],
  figure: [],
};

/** Hash of the packages that made the rows; any text will do. */
const numerics = "ab".repeat(32);

/** Hashes of the training data; runs of earlier versions have none. */
const recordedData = { files: {}, drawn: "cd".repeat(32) };

export interface WrittenRun {
  readonly path: string;
  readonly name: string;
  readonly rows: readonly Row[];
  /** Outcome of the run; undefined if it was abandoned. */
  readonly end: RunEnd | undefined;
  readonly resultHash: string | undefined;
}

/** An empty folder that is gone after the current test. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "steepest-web-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A run folder as steepest run writes it; with `rowCount` the run is abandoned after so many rows. */
export async function writeRun(
  root: string,
  {
    arm = "sign",
    seed = 0,
    study = "tiny",
    rowCount,
    data = recordedData,
  }: { arm?: string; seed?: number; study?: string; rowCount?: number; data?: object | null } = {},
): Promise<WrittenRun> {
  const { run } = runsOf(definition).find((planned) => planned.arm === arm && planned.seed === seed)!;
  const decisive = { numerics, ...(data && { data }) };
  const name = runName({ arm, seed, hash: hashOf({ run, ...decisive }) });
  using writer = await openRunFolder(root, { study, name, definition: run, environment: { node: "24.0.0", ...decisive } });
  const rows: Row[] = [];
  const events = execute(run, { kernels, files: noFiles });
  for (;;) {
    const next = await events.next();
    if (next.done) return { path: writer.path, name, rows, end: next.value, resultHash: writer.complete(next.value) };
    if (next.value.kind !== "row") continue;
    rows.push(next.value.row);
    writer.appendRow(next.value.row);
    if (rows.length === rowCount) return { path: writer.path, name, rows, end: undefined, resultHash: undefined };
  }
}

/** Every file below a folder, as a directory picker lists them: paths begin with the folder's own name. */
export function filesBelow(folder: string): RunFile[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return paths.map((path) => ({
    path: relative(join(folder, ".."), path).split(sep).join("/"),
    bytes: async () => new Uint8Array(await readFile(path)),
  }));
}

/** The files of one run, some of them replaced by a text; undefined takes one away. */
export function withFiles(run: WrittenRun, changes: Readonly<Record<string, string | undefined>> = {}): RunFiles {
  const texts = Object.fromEntries(readdirSync(run.path).map((name) => [name, readFileSync(join(run.path, name), "utf8")]));
  const path = `runs/tiny/${run.name}`;
  const files = Object.entries({ ...texts, ...changes }).flatMap(([name, text]): [string, RunFile][] =>
    text === undefined ? [] : [[name, { path: `${path}/${name}`, bytes: async () => new TextEncoder().encode(text) }]],
  );
  return { path, files: new Map(files) };
}

export const textOf = (run: WrittenRun, name: string): string => readFileSync(join(run.path, name), "utf8");
