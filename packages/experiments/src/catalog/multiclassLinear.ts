import type { Claim } from "../definition/claim.js";
import type { CatalogEntry } from "./entry.js";

const step = { rule: "marginPaced", c: 0.25 } as const;

/**
 * The largest margin min over i, j != y of <w_y - w_j, x_i> over the unit ball of each norm on the 4 x 8 matrix W, by seed. Each is bracketed to 2e-5 or better
 * by a W in the ball and by the weak-duality bound ||sum of lambda_ij x_i (e_y - e_j)^T||_* of multipliers that sum to one, both from primal-dual hybrid
 * gradient steps in numpy; linf and l1 are the optima of HiGHS, l2 that of NNLS (test/catalog/multiclassLinear.py).
 */
const largestMargin = {
  l2: { "0": 0.58533350198, "1": 0.62949771405, "2": 0.95159125355 },
  linf: { "0": 2.34439501646, "1": 2.5950304998, "2": 3.6640460953 },
  l1: { "0": 0.14190322186, "1": 0.16003437406, "2": 0.25098661213 },
  spectral: { "0": 0.755440023, "1": 0.997236163, "2": 1.367214706 },
  nuclear: { "0": 0.365695589, "1": 0.370734949, "2": 0.562185364 },
} as const;

const ownNorm = { gradient: "l2", sign: "linf", coordinate: "l1", spectral: "spectral", rankOne: "nuclear" } as const;

/** Arms whose margin is the largest of all after as many steps; that of gradient descent is within .2 % of the nuclear optimum on seed 2, and grows faster. */
const ahead: readonly string[] = ["gradient", "sign", "coordinate", "spectral"];

/** Each arm comes within a percent of the optimum of its own norm, from below. */
const claims = Object.entries(ownNorm).flatMap(([arm, norm]): Claim[] => {
  const right = { bySeed: largestMargin[norm] };
  return [
    { left: { arm, probe: `margin.${norm}`, at: "end" }, relation: ">=", right, factor: 0.99 },
    { left: { arm, probe: `margin.${norm}`, at: "peak" }, relation: "<=", right },
    ...(ahead.includes(arm) ? [{ best: arm, of: `margin.${norm}`, at: "end" } as const] : []),
  ];
});

/** Linear softmax models: the matrix whose spectral and nuclear margins the literature is about. */
export const multiclassLinear: CatalogEntry = {
  definition: {
    id: "multiclass-linear",
    source: "theorem 1 of JMLR 27 (2026) for linear models of several classes, with exact optima: ours",
    question: "does each norm's steepest descent reach the largest margin that there is in its norm?",
    dataset: { kind: "gaussianClasses", inputDim: 8, classes: 4, meanNorm: 3, deviation: 0.5, trainSize: 60, testSize: 0 },
    network: { kind: "linear", init: { law: "normalFanIn", scale: 0 } },
    loss: { kind: "logistic", reduction: "sum" },
    arms: {
      gradient: { label: "gradient descent", optimizer: { kind: "steepest", norm: "l2", normalized: true }, step },
      sign: { label: "sign descent", optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" }, step },
      coordinate: {
        label: "coordinate descent, near ties together",
        optimizer: { kind: "steepest", norm: "l1", normalized: true, smoothing: "alignment" },
        step,
      },
      spectral: { label: "spectral descent", optimizer: { kind: "steepest", norm: "spectral", normalized: true }, step },
      rankOne: { label: "nuclear descent, rank one", optimizer: { kind: "steepest", norm: "nuclear", normalized: true }, step },
    },
    seeds: [0, 1, 2],
    stop: { steps: 20_000 },
    record: {
      probes: ["logRisk", "trainAccuracy", "margin.l2", "margin.linf", "margin.l1", "margin.spectral", "margin.nuclear", "alignment"],
      pointsPerDecade: 24,
    },
    claims,
    figure: [
      { probe: "margin.spectral", scale: "linear", from: 0 },
      { probe: "margin.nuclear", scale: "linear", from: 0 },
      { probe: "margin.linf", scale: "linear", from: 0 },
      { probe: "margin.l2", scale: "linear", from: 0 },
      { probe: "margin.l1", scale: "linear", from: 0 },
      { probe: "logRisk", scale: "linear" },
    ],
  },
  quick: { seeds: [0] },
};
