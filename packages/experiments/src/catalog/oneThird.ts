import type { ArmDefinition } from "../definition/arm.js";
import type { Claim } from "../definition/claim.js";
import type { CatalogEntry } from "./entry.js";

const batch = { fresh: 64 } as const;

const adam = (epsilon: number, size: number, label: string): ArmDefinition => ({
  label,
  optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon },
  step: { rule: "constant", size },
  batch,
});

/** The slope of a sum of log risks over the decade from step 1000 on: minus the exponent of a power law. */
function slope(arm: string, slopeOf: Record<string, number>, [near, within]: readonly [number, number], published?: number): Claim {
  return { arm, slopeOf, from: 1000, near, within, ...(published !== undefined && { published }) };
}

const radial = { radialLogRisk: 1 };
const tangential = { tangentialLogRisk: 1 };
const rule = { radialLogRisk: 2, tangentialLogRisk: 1 };

/**
 * The risk of an online softmax model falls by power laws, one along the teacher (radial, exponent α_r) and one across it (tangential, α_t), with
 * 2 α_r + α_t = 1. The authors predict, and did not test, that Adam's α_r returns to the 1/3 of gradient descent once ε dominates. The exponents are those of
 * the last decade of 10 000 steps: gradient descent's α_r itself is still above 1/3 there.
 */
export const oneThird: CatalogEntry = {
  definition: {
    id: "one-third",
    source:
      "Lee, Basil, Liu, Gore 2026: online softmax, 128 classes, 32 normalised Gaussian inputs, a linear teacher, start at 0, 10 000 steps; one batch size of 64 and one learning rate per arm instead of batches from 16 to 2048 and 16 rates; the arms with a larger ε are ours",
    question: "does a finite ε return Adam's radial exponent to that of gradient descent?",
    dataset: { kind: "oneHotTeacher", inputDim: 32, classes: 128, trainSize: 4096, testSize: 0 },
    network: { kind: "linear", init: { law: "uniformFanIn", scale: 0 } },
    loss: { kind: "logistic", reduction: "mean" },
    arms: {
      gradient: {
        label: "stochastic gradient descent",
        optimizer: { kind: "steepest", norm: "l2", normalized: false },
        step: { rule: "constant", size: 10 },
        batch,
      },
      adam: adam(1e-8, 0.1, "Adam, ε = 1e-8"),
      "adam-1e-3": adam(1e-3, 0.1, "Adam, ε = 1e-3"),
      "adam-1e-2": adam(1e-2, 0.1, "Adam, ε = 1e-2"),
      "adam-1e-1": adam(1e-1, 1, "Adam, ε = 1e-1, ten times the steps"),
    },
    seeds: [0, 1, 2],
    stop: { steps: 10_000 },
    record: {
      probes: ["logRisk", "radialLogRisk", "tangentialLogRisk", "trainAccuracy", "norm.l2", "optimizer.epsilonShare"],
      pointsPerDecade: 24,
    },
    claims: [
      slope("gradient", radial, [-0.37, 0.04], -0.35),
      slope("gradient", tangential, [-0.31, 0.05], -0.33),
      slope("gradient", rule, [-1.05, 0.06], -1.03),
      slope("adam", radial, [-0.5, 0.04], -0.48),
      slope("adam", tangential, [-0.08, 0.03], -0.08),
      slope("adam", rule, [-1.07, 0.06], -1.04),
      slope("adam-1e-3", radial, [-0.49, 0.02]),
      slope("adam-1e-2", radial, [-0.4, 0.02]),
      slope("adam-1e-1", radial, [-0.38, 0.02]),
      { left: { arm: "adam", probe: "optimizer.epsilonShare", at: "end" }, relation: "<=", right: 0 },
      { left: { arm: "adam-1e-3", probe: "optimizer.epsilonShare", at: "end" }, relation: "<=", right: 0.5 },
      { left: { arm: "adam-1e-2", probe: "optimizer.epsilonShare", at: "end" }, relation: ">=", right: 0.9 },
      { left: { arm: "adam-1e-1", probe: "optimizer.epsilonShare", at: "end" }, relation: ">=", right: 0.9 },
    ],
    figure: [
      { probe: "radialLogRisk", scale: "linear" },
      { probe: "tangentialLogRisk", scale: "linear", from: 5 },
      { probe: "logRisk", scale: "linear" },
      { probe: "norm.l2", scale: "log" },
      { probe: "optimizer.epsilonShare", scale: "linear" },
      { probe: "trainAccuracy", scale: "linear" },
    ],
  },
  quick: { seeds: [0] },
};
