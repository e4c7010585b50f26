import type { CatalogEntry } from "./entry.js";
import { algorithms, marginProbes, tenDimensional } from "./teacherStudentParts.js";

const step = { rule: "marginPaced", c: 1 } as const;

/** A ten-dimensional instance that reaches risks of e^-2000 within seconds. */
export const teacherStudentSmall: CatalogEntry = {
  definition: {
    id: "teacher-student-small",
    source: "a ten-dimensional instance of JMLR 27 (2026), section 4.1, for deep runs: ours",
    question: "does the own soft margin keep rising down to a risk of e^-2000?",
    ...tenDimensional,
    arms: {
      gradient: { ...algorithms.gradient, step },
      deep: {
        ...algorithms.gradient,
        label: "gradient descent, power-law step",
        step: { rule: "powerLaw", size: 0.1, exponent: 0.1 },
        stop: { logRiskBelow: -10_000 },
      },
      sign: { ...algorithms.sign, step },
      coordinate: { ...algorithms.coordinate, step, stop: { logRiskBelow: -100 } },
      spectral: { ...algorithms.spectral, step },
    },
    seeds: [0, 1, 2],
    stop: { steps: 60_000, logRiskBelow: -2000 },
    record: {
      probes: [...marginProbes, "softMargin.own", "alignment", "worstSoftMarginDrop"],
      pointsPerDecade: 32,
    },
    claims: [
      { left: { arm: "gradient", probe: "logRisk", at: "end" }, relation: "<", right: -2000 },
      { left: { arm: "sign", probe: "logRisk", at: "end" }, relation: "<", right: -2000 },
      { left: { arm: "deep", probe: "logRisk", at: "end" }, relation: "<", right: -10_000 },
      { left: { arm: "gradient", probe: "worstSoftMarginDrop", at: "end" }, relation: "<=", right: 1e-3 },
      { left: { arm: "sign", probe: "worstSoftMarginDrop", at: "end" }, relation: "<=", right: 1e-3 },
      { left: { arm: "spectral", probe: "logRisk", at: "end" }, relation: "<", right: -2000 },
      { left: { arm: "spectral", probe: "worstSoftMarginDrop", at: "end" }, relation: "<=", right: 1e-3 },
      { best: "gradient", of: "margin.l2", at: "end", among: ["sign", "coordinate", "spectral"] },
      { best: "sign", of: "margin.linf", at: "end" },
      { best: "coordinate", of: "margin.l1", at: "end" },
      { best: "spectral", of: "margin.spectral", at: "end" },
    ],
    figure: [
      { probe: "margin.linf", scale: "log", from: 0.1 },
      { probe: "margin.l2", scale: "linear", from: 0 },
      { probe: "margin.l1", scale: "log", from: 1e-5 },
      { probe: "margin.spectral", scale: "linear", from: 0 },
      { probe: "alignment", scale: "linear" },
      { probe: "logRisk", scale: "linear" },
    ],
  },
  quick: { seeds: [0] },
};
