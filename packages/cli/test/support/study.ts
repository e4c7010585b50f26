import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExperimentDefinition } from "@steepest/experiments";
import { onTestFinished } from "vitest";

/** Four runs of milliseconds each, and no figure, whose libraries are slow to load. */
export const tiny: ExperimentDefinition = {
  id: "tiny",
  source: "a test",
  question: "does it run?",
  dataset: { kind: "teacherStudent", inputDim: 4, teacherWidth: 2, nonzerosPerNeuron: 4, minTeacherScore: 0.1, trainSize: 10, testSize: 8 },
  network: { kind: "mlp", hidden: [6], activation: "relu", init: { law: "normalFanIn", scale: 0.3 } },
  loss: { kind: "logistic", reduction: "sum" },
  arms: {
    gradient: { optimizer: { kind: "steepest", norm: "l2", normalized: false }, step: { rule: "constant", size: 0.05 } },
    sign: { optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" }, step: { rule: "constant", size: 0.01 } },
  },
  seeds: [0, 1],
  stop: { steps: 60 },
  record: { probes: ["logRisk", "trainAccuracy", "margin.l2", "margin.linf"], pointsPerDecade: 4 },
  claims: [{ best: "sign", of: "margin.linf", at: "end" }],
  figure: [],
};

/** An empty folder that is gone after the current test. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "steepest-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A temporary folder with a definition file `tiny.json` in it. */
export function folderWith(definition: unknown = tiny): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "tiny.json"), JSON.stringify(definition));
  return folder;
}

/** The content of every file of that name below `runs`, by the run folder's name. */
export function filesOf(cwd: string, name: string, runs = "runs/tiny"): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(join(cwd, runs), { recursive: true, encoding: "utf8" }).sort()) {
    const [run, file, ...deeper] = entry.split("/");
    if (file === name && deeper.length === 0) found[run!] = readFileSync(join(cwd, runs, entry), "utf8");
  }
  return found;
}
