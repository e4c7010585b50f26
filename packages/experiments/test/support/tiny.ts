import type { DatasetFiles, ExperimentDefinition } from "../../src/index.js";

/** A definition that trains in milliseconds. */
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
  figure: [
    { probe: "margin.l2", scale: "log" },
    { probe: "logRisk", scale: "linear" },
  ],
};

/** A deep copy with the value at `path` ("arms/sign/step/size") replaced, or removed where it is undefined. */
export function changed(definition: ExperimentDefinition, path: string, value: unknown): unknown {
  const copy = structuredClone(definition);
  const keys = path.split("/");
  const last = keys.pop()!;
  const target = keys.reduce((inner, key) => inner[key] as Record<string, unknown>, copy as unknown as Record<string, unknown>);
  if (value === undefined) delete target[last];
  else target[last] = value;
  return copy;
}

/** The files of definitions that need none. */
export const noFiles: DatasetFiles = { images: () => Promise.reject(new Error("no file is needed here")) };
