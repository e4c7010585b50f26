import type { ArmDefinition } from "../definition/arm.js";
import type { Claim, Quantity } from "../definition/claim.js";
import type { CatalogEntry } from "./entry.js";

const trainSize = 100;
const sizes = [trainSize, 25, 10];
const epochs = 2000;

const gradient = (size: number): string => `gradient-${size}`;
const sign = (size: number): string => `sign-${size}`;
const end = (arm: string, probe: string): Quantity => ({ arm, probe, at: "end" });

function armsOf(size: number, place: number): Record<string, ArmDefinition> {
  const steps = (epochs * trainSize) / size;
  const batch = size < trainSize ? ({ batch: { size, order: "shuffled" } } as const) : {};
  const who = size < trainSize ? `batches of ${size}` : "all samples";
  return {
    [gradient(size)]: {
      label: `gradient descent, ${who}`,
      look: { color: 0, dash: place },
      optimizer: { kind: "steepest", norm: "l2", normalized: false },
      step: { rule: "constant", size: 0.003 },
      ...batch,
      stop: { steps },
    },
    [sign(size)]: {
      label: `sign descent, ${who}`,
      look: { color: 1, dash: place },
      optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" },
      step: { rule: "constant", size: 1e-4 },
      ...batch,
      stop: { steps, logRiskBelow: -16.11809565095832 },
    },
  };
}

const orderings = sizes.flatMap((size): Claim[] => [
  { left: end(sign(size), "margin.linf"), relation: ">", right: end(gradient(size), "margin.linf") },
  { left: end(gradient(size), "margin.l2"), relation: ">", right: end(sign(size), "margin.l2") },
]);

/**
 * Does the order of the margins survive mini-batches? One sample at a time is left out: sign descent with steps of 3e-4 and 3e-3 does not separate the
 * data then.
 */
export const batchSize: CatalogEntry = {
  definition: {
    id: "batch-size",
    source: `ours, after figure 2 of JMLR 27 (2026): images averaged to 14 x 14, 64 units, smaller steps of sign descent, ${epochs} epochs`,
    question: "does the batch size change which algorithm has which margin?",
    dataset: { kind: "mnistPair", digits: [3, 6], trainSize, pool: 2 },
    network: { kind: "mlp", hidden: [64], activation: "relu", init: { law: "uniformFanIn", scale: 0.01 } },
    loss: { kind: "logistic", reduction: "sum" },
    arms: Object.assign({}, ...sizes.map(armsOf)),
    seeds: [0, 1, 2],
    stop: { steps: (epochs * trainSize) / Math.min(...sizes) },
    record: { probes: ["logRisk", "trainAccuracy", "testAccuracy", "margin.l1", "margin.l2", "margin.linf"], pointsPerDecade: 24 },
    claims: [
      ...orderings,
      { left: end(gradient(10), "margin.l2"), relation: ">=", right: end(gradient(trainSize), "margin.l2"), factor: 0.9 },
      { left: end(sign(10), "margin.linf"), relation: "<", right: end(sign(trainSize), "margin.linf"), factor: 0.5 },
    ],
    figure: [
      { probe: "margin.linf", scale: "log", from: 0.1 },
      { probe: "margin.l2", scale: "linear", from: 0 },
      { probe: "margin.l1", scale: "log", from: 1e-7 },
      { probe: "logRisk", scale: "linear" },
    ],
  },
  quick: { seeds: [0] },
};
