import type { Claim, Moment, Quantity } from "../definition/claim.js";
import type { PanelDefinition } from "../definition/panel.js";
import type { AdamChoice } from "../optimizer/adam.js";
import type { CatalogEntry } from "./entry.js";

const step = { rule: "constant", size: 0.003 } as const;
const adam = (beta1: number, beta2: number, epsilon: number): AdamChoice => ({ kind: "adam", beta1, beta2, epsilon });

const adamArms = {
  "adam-0-0-1e-8": { label: "Adam β = (0, 0), ε = 1e-8", optimizer: adam(0, 0, 1e-8), step },
  "adam-0-0-1e-2": { label: "Adam β = (0, 0), ε = 1e-2", optimizer: adam(0, 0, 1e-2), step },
  "adam-.9-.99-1e-8": { label: "Adam β = (.9, .99), ε = 1e-8", optimizer: adam(0.9, 0.99, 1e-8), step },
  "adam-.9-.99-1e-2": { label: "Adam β = (.9, .99), ε = 1e-2", optimizer: adam(0.9, 0.99, 1e-2), step },
} as const;

/** Read off the vector curves of figure 2 of JMLR 27 (2026), about 1 % on linear and 3 % on logarithmic axes. */
const publishedSteps = [20, 50, 100, 500, 1000, 5000];
const published = {
  linf: {
    gradient: [7.1, 17.1, 19.5, 21.9, 22.5, 22.9],
    sign: [895, 877, 877, 877, 877, 877],
    "adam-0-0-1e-8": [896, 822, 671, 612, 595, 561],
    "adam-0-0-1e-2": [626, 433, 361, 302, 287, 260],
    "adam-.9-.99-1e-8": [395, 399, 333, 227, 103, 161],
    "adam-.9-.99-1e-2": [323, 703, 715, 727, 550, 417],
  },
  l2: {
    gradient: [0.188, 0.464, 0.531, 0.601, 0.614, 0.628],
    sign: [0.041, 0.053, 0.053, 0.053, 0.053, 0.053],
    "adam-0-0-1e-8": [0.041, 0.075, 0.093, 0.102, 0.105, 0.111],
    "adam-0-0-1e-2": [0.068, 0.164, 0.198, 0.238, 0.252, 0.281],
    "adam-.9-.99-1e-8": [0.02, 0.036, 0.037, 0.041, 0.043, 0.061],
    "adam-.9-.99-1e-2": [0.025, 0.059, 0.063, 0.078, 0.096, 0.136],
  },
} as const;
const publishedPeaks = {
  sign: 895.5,
  "adam-0-0-1e-8": 896,
  "adam-0-0-1e-2": 647,
  "adam-.9-.99-1e-8": 441,
  "adam-.9-.99-1e-2": 733,
} as const;

function publishedCurves(norm: keyof typeof published): NonNullable<PanelDefinition["published"]> {
  return Object.fromEntries(
    Object.entries<readonly number[]>(published[norm]).map(([arm, values]) => [
      arm,
      values.map((value, i) => [publishedSteps[i]!, value] as const),
    ]),
  );
}

const at = (arm: string, probe: string, moment: Moment): Quantity => ({ arm, probe, at: moment });
const end = 1000;

const adamClaims: Claim[] = Object.keys(adamArms).flatMap((arm): Claim[] => [
  { left: at(arm, "margin.linf", "peak"), relation: ">=", right: at("sign", "margin.linf", "peak"), factor: 0.4 },
  { left: at(arm, "margin.linf", end), relation: "<=", right: at(arm, "margin.linf", "peak"), factor: 0.8 },
  { left: at(arm, "margin.l2", end), relation: ">", right: at(arm, "margin.l2", { peakOf: "margin.linf" }) },
]);

const gradientClaims: Claim[] = (["linf", "l2"] as const).flatMap((norm) =>
  [100, 500, 1000].map((epoch): Claim => {
    const value = published[norm].gradient[publishedSteps.indexOf(epoch)]!;
    return { quantity: at("gradient", `margin.${norm}`, epoch), published: value, within: { relative: 0.35 } };
  }),
);

const peakClaims: Claim[] = Object.entries(publishedPeaks).map(
  ([arm, peak]): Claim => ({ quantity: at(arm, "margin.linf", "peak"), published: peak, within: { factor: 2.2 } }),
);

/** Figure 2: the margin that each algorithm raises on MNIST, and the step at which Adam leaves sign descent's. */
export const mnist3v6: CatalogEntry = {
  definition: {
    id: "mnist-3v6",
    source:
      "JMLR 27 (2026), figure 2. Not printed there and chosen here: pixels in [0, 1], the sum loss, both layers from U(-0.01/√fan_in, 0.01/√fan_in)",
    question: "which margin does each algorithm raise?",
    dataset: { kind: "mnistPair", digits: [3, 6], trainSize: 100 },
    network: { kind: "mlp", hidden: [128], activation: "relu", init: { law: "uniformFanIn", scale: 0.01 } },
    loss: { kind: "logistic", reduction: "sum" },
    arms: {
      gradient: { label: "gradient descent", optimizer: { kind: "steepest", norm: "l2", normalized: false }, step },
      sign: {
        label: "sign descent",
        optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" },
        step,
        stop: { logRiskBelow: -16.11809565095832 }, // log 1e-7, where the paper freezes it
      },
      ...adamArms,
    },
    seeds: [0, 1, 2],
    stop: { steps: 5000 },
    record: {
      probes: ["logRisk", "trainAccuracy", "testAccuracy", "margin.l1", "margin.l2", "margin.linf", "alignment"],
      pointsPerDecade: 24,
      at: [...publishedSteps],
    },
    claims: [
      { left: at("sign", "margin.linf", end), relation: ">", right: at("gradient", "margin.linf", end) },
      { left: at("gradient", "margin.l2", end), relation: ">", right: at("sign", "margin.l2", end) },
      ...adamClaims,
      ...gradientClaims,
      ...peakClaims,
    ],
    figure: [
      { probe: "margin.linf", scale: "log", published: publishedCurves("linf") },
      { probe: "margin.l2", scale: "linear", from: 0, published: publishedCurves("l2") },
      { probe: "margin.l1", scale: "log" },
      { probe: "logRisk", scale: "linear" },
    ],
  },
  quick: { seeds: [0], stop: { steps: 1000 } },
};
