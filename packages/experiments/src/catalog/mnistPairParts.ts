import type { ArmDefinition } from "../definition/arm.js";
import type { Claim, Moment, Quantity } from "../definition/claim.js";
import type { ExperimentDefinition } from "../definition/definition.js";
import type { AdamChoice } from "../optimizer/adam.js";

const step = { rule: "constant", size: 0.003 } as const;
const adam = (beta1: number, beta2: number, epsilon: number): AdamChoice => ({ kind: "adam", beta1, beta2, epsilon });

/** Adam with and without memory, with a small and a large ε. */
export const adamArms = {
  "adam-0-0-1e-8": { label: "Adam β = (0, 0), ε = 1e-8", optimizer: adam(0, 0, 1e-8), step },
  "adam-0-0-1e-2": { label: "Adam β = (0, 0), ε = 1e-2", optimizer: adam(0, 0, 1e-2), step },
  "adam-.9-.99-1e-8": { label: "Adam β = (.9, .99), ε = 1e-8", optimizer: adam(0.9, 0.99, 1e-8), step },
  "adam-.9-.99-1e-2": { label: "Adam β = (.9, .99), ε = 1e-2", optimizer: adam(0.9, 0.99, 1e-2), step },
} as const;

/** The six algorithms of figures 2 and 5. */
export const pairArms: Readonly<Record<string, ArmDefinition>> = {
  gradient: { label: "gradient descent", optimizer: { kind: "steepest", norm: "l2", normalized: false }, step },
  sign: {
    label: "sign descent",
    optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" },
    step,
    stop: { logRiskBelow: -16.11809565095832 }, // log 1e-7, where the paper freezes it
  },
  ...adamArms,
};

/** Epochs at which the published curves of figure 2 are read off, and at which both figures record a row. */
export const recordedEpochs: readonly number[] = [20, 50, 100, 500, 1000, 5000];

/** Network, loss, seeds, stop and record of figures 2 and 5. */
export const pairSetting: Pick<ExperimentDefinition, "network" | "loss" | "seeds" | "stop" | "record"> = {
  network: { kind: "mlp", hidden: [128], activation: "relu", init: { law: "uniformFanIn", scale: 0.01 } },
  loss: { kind: "logistic", reduction: "sum" },
  seeds: [0, 1, 2],
  stop: { steps: 5000 },
  record: {
    probes: ["logRisk", "trainAccuracy", "testAccuracy", "margin.l1", "margin.l2", "margin.linf", "alignment"],
    pointsPerDecade: 24,
    at: [...recordedEpochs],
  },
};

/** A probe of an arm at a moment. */
export const at = (arm: string, probe: string, moment: Moment): Quantity => ({ arm, probe, at: moment });

/** The epoch at which margins are compared, where the quick form ends. */
const end = 1000;

/** Sign descent and gradient descent each have the larger margin of their own norm. */
export const ownMarginClaims: readonly Claim[] = [
  { left: at("sign", "margin.linf", end), relation: ">", right: at("gradient", "margin.linf", end) },
  { left: at("gradient", "margin.l2", end), relation: ">", right: at("sign", "margin.l2", end) },
];

/** Adam first raises the ℓ∞ margin nearly as sign descent does, then loses it, to a `share` of the peak at most, while its ℓ2 margin rises. */
export const adamClaims = (arm: string, share = 0.8): readonly [Claim, Claim, Claim] => [
  { left: at(arm, "margin.linf", "peak"), relation: ">=", right: at("sign", "margin.linf", "peak"), factor: 0.4 },
  { left: at(arm, "margin.linf", end), relation: "<=", right: at(arm, "margin.linf", "peak"), factor: share },
  { left: at(arm, "margin.l2", end), relation: ">", right: at(arm, "margin.l2", { peakOf: "margin.linf" }) },
];
