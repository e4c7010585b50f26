import type { Claim, Moment, Quantity } from "../definition/claim.js";
import type { AdamChoice } from "../optimizer/adam.js";
import type { CatalogEntry } from "./entry.js";

const step = { rule: "constant", size: 1e-3 } as const;
const adam = (beta2: number, epsilon: number): AdamChoice => ({ kind: "adam", beta1: 0.9, beta2, epsilon });
const at = (arm: string, probe: string, moment: Moment): Quantity => ({ arm, probe, at: moment });

const [small, large, control] = ["epsilon-1e-8", "epsilon-1e-4", "epsilon-0"] as const;

/** `small` and `control` differ in epsilon alone. */
const claims: readonly Claim[] = [
  { left: at(small, "margin.linf", "end"), relation: "<=", right: at(small, "margin.linf", "peak"), factor: 0.75 },
  { left: at(small, "margin.l2", "end"), relation: ">", right: at(small, "margin.l2", { peakOf: "margin.linf" }) },
  { left: at(small, "optimizer.epsilonShare", "end"), relation: ">=", right: 0.95 },
  { left: at(large, "optimizer.epsilonShare", "end"), relation: ">=", right: 0.95 },
  { left: at(control, "optimizer.epsilonShare", "end"), relation: "<=", right: 0 },
  { left: at(control, "margin.linf", "end"), relation: ">=", right: at(control, "margin.linf", "peak"), factor: 0.95 },
  { left: at(small, "margin.linf", "end"), relation: "<=", right: at(control, "margin.linf", "end"), factor: 0.7 },
  { left: at(small, "margin.l2", "end"), relation: ">=", right: at(control, "margin.l2", "end"), factor: 1.4 },
  { left: at(large, "margin.l2", "end"), relation: ">=", right: at(control, "margin.l2", "end"), factor: 2 },
];

function adamSwitch(digits: readonly [number, number], more: readonly Claim[]): CatalogEntry {
  return {
    definition: {
      id: `adam-switch-${digits[0]}v${digits[1]}`,
      source:
        "JMLR 27 (2026), section 4: Adam follows sign descent until ε dominates its second moments, then gradient descent. Our instance: 400 MNIST images averaged to 14 x 14, 32 ReLU units, the mean loss",
      question: "does the ℓ∞ margin fall and the ℓ2 margin rise once ε dominates?",
      dataset: { kind: "mnistPair", digits, trainSize: 400, pool: 2 },
      network: { kind: "mlp", hidden: [32], activation: "relu", init: { law: "normalFanIn", scale: 0.1 } },
      loss: { kind: "logistic", reduction: "mean" },
      arms: {
        [small]: { label: "Adam β = (.9, .9), ε = 1e-8", optimizer: adam(0.9, 1e-8), step },
        [large]: { label: "Adam β = (.9, .99), ε = 1e-4", optimizer: adam(0.99, 1e-4), step },
        [control]: { label: "Adam β = (.9, .9), ε = 0", optimizer: adam(0.9, 0), step },
      },
      seeds: [0, 1, 2],
      stop: { steps: 4000 },
      record: {
        probes: ["logRisk", "trainAccuracy", "testAccuracy", "margin.l2", "margin.linf", "optimizer.epsilonShare", "health.marginChange"],
        pointsPerDecade: 24,
      },
      claims: [...claims, ...more],
      figure: [
        { probe: "margin.linf", scale: "linear", from: 0 },
        { probe: "margin.l2", scale: "linear", from: 0 },
        { probe: "optimizer.epsilonShare", scale: "linear" },
        { probe: "logRisk", scale: "linear" },
      ],
    },
    quick: { seeds: [0] },
  };
}

export const adamSwitch3v6: CatalogEntry = adamSwitch(
  [3, 6],
  [{ left: at(large, "margin.linf", "end"), relation: "<=", right: at(large, "margin.linf", "peak"), factor: 0.9 }],
);

/** Here ε = 1e-4 dominates so early that the ℓ∞ margin has little to fall from: 0 to 14 % for three seeds, so nothing is claimed. */
export const adamSwitch2v7: CatalogEntry = adamSwitch([2, 7], []);
