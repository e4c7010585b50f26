import type { CatalogEntry } from "./entry.js";
import { algorithms, marginProbes } from "./teacherStudentParts.js";

const step = { rule: "marginPaced", c: 1 } as const;

/** After separation, does each algorithm raise the margin of its own norm? The paper's figure 1 at a size that one machine trains in a minute. */
export const teacherStudent: CatalogEntry = {
  definition: {
    id: "teacher-student",
    source:
      "JMLR 27 (2026), section 4.1; a faithful smaller instance: d = 512 instead of 32768, width 64 instead of 1024, 50 instead of 250 samples, 3 instead of 20 seeds, margin-paced steps instead of 6e-3",
    question: "does each algorithm end with the largest margin in its own norm?",
    dataset: {
      kind: "teacherStudent",
      inputDim: 512,
      teacherWidth: 64,
      nonzerosPerNeuron: 3,
      minTeacherScore: 0,
      trainSize: 50,
      testSize: 1000,
    },
    network: { kind: "mlp", hidden: [64], activation: "relu", init: { law: "uniformFanIn", scale: 0.3 } },
    loss: { kind: "exponential", reduction: "sum" },
    arms: {
      gradient: { ...algorithms.gradient, step },
      sign: { ...algorithms.sign, step },
      coordinate: { ...algorithms.coordinate, step },
      "coordinate-strict": {
        label: "coordinate descent",
        optimizer: { kind: "steepest", norm: "l1", normalized: true, smoothing: "none" },
        step,
      },
      spectral: { ...algorithms.spectral, step },
    },
    seeds: [0, 1, 2],
    stop: { steps: 20_000, logRiskBelow: -100 },
    record: {
      probes: [...marginProbes, "softMargin.own", "alignment", "worstSoftMarginDrop"],
      pointsPerDecade: 32,
    },
    claims: [
      { best: "gradient", of: "margin.l2", at: "end" },
      { best: "sign", of: "margin.linf", at: "end" },
      { best: "coordinate", of: "margin.l1", at: "end", among: ["gradient", "sign", "spectral"] },
      { best: "spectral", of: "margin.spectral", at: "end" },
      { left: { arm: "gradient", probe: "worstSoftMarginDrop", at: "end" }, relation: "<=", right: 1e-3 },
      { left: { arm: "sign", probe: "worstSoftMarginDrop", at: "end" }, relation: "<=", right: 1e-3 },
    ],
    figure: [
      { probe: "margin.linf", scale: "log" },
      { probe: "margin.l2", scale: "log" },
      { probe: "margin.l1", scale: "log" },
      { probe: "margin.spectral", scale: "log" },
    ],
  },
  quick: { seeds: [0] },
};
