import type { ArmDefinition } from "../definition/arm.js";
import type { Claim, Quantity } from "../definition/claim.js";
import type { CatalogEntry } from "./entry.js";

/** Steepest descent without the normalisation, in short steps: near the flow. */
function descent(norm: object, size: number, label: string): ArmDefinition {
  const optimizer = { kind: "steepest", normalized: false, ...norm } as ArmDefinition["optimizer"];
  return { label, optimizer, step: { rule: "constant", size } };
}

const arms: Record<string, ArmDefinition> = {
  gradient: descent({ norm: "l2" }, 0.2, "gradient descent"),
  "gradient-large": { ...descent({ norm: "l2" }, 0.05, "gradient descent, large start"), init: { law: "normalFanIn", scale: 1 } },
  sign: descent({ norm: "linf", smoothing: "none" }, 0.001, "sign descent"),
  spectral: descent({ norm: "spectral" }, 0.05, "spectral descent"),
  coordinate: descent({ norm: "l1", smoothing: "none" }, 1, "coordinate descent"),
  adam: {
    label: "Adam",
    optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    step: { rule: "cosine", size: 0.003, steps: 4000 },
  },
};

const error = (arm: string, at: Quantity["at"] = "end"): Quantity => ({ arm, probe: "testSquaredError", at });

/** The error of an arm at the end, against a multiple of another. */
const against = (arm: string, relation: ">" | "<", factor: number, right: Quantity): Claim => ({
  left: error(arm),
  relation,
  right,
  factor,
});

/**
 * A 10 x 10 matrix of rank 2 from 70 measurements by a factorisation UᵀV of full width: the measurements alone do
 * not tell it from the other matrices that fit them, only the way of the descent does. The test error is ‖UᵀV − M‖_F² up to sampling, that of the matrix 0 is ‖M‖_F² = 1.25.
 */
export const matrixSensing: CatalogEntry = {
  definition: {
    id: "matrix-sensing",
    source:
      "the setting of Gunasekar, Woodworth, Bhojanapalli, Neyshabur, Srebro 2017 (arXiv:1705.09280), who show the bias of gradient descent from a small start towards a small nuclear norm; sizes are ours, so are all arms but gradient descent. U is a matrix for norms, V one row, on which spectral descent moves as gradient descent does",
    question: "which descent recovers a matrix of low rank from few measurements?",
    dataset: { kind: "matrixSensing", rows: 10, columns: 10, singularValues: [1, 0.5], noise: 0, trainSize: 70, testSize: 200 },
    network: {
      kind: "layers",
      layers: [{ kind: "conv2d", channels: 10, size: 1 }],
      init: { law: "normalFanIn", scale: 0.01 },
    },
    loss: { kind: "squared", reduction: "mean" },
    arms,
    seeds: [0, 1, 2],
    stop: { steps: 4000 },
    record: { probes: ["logRisk", "testSquaredError", "norm.l2"], pointsPerDecade: 24 },
    claims: [
      ...Object.keys(arms).map((arm): Claim => ({ left: { arm, probe: "logRisk", at: "end" }, relation: "<", right: -5 })),
      against("gradient", "<", 0.01, error("gradient", 0)),
      against("coordinate", "<", 1e-6, error("coordinate", 0)),
      against("gradient-large", ">", 0.4, error("gradient", 0)),
      against("sign", ">", 10, error("gradient")),
      against("adam", ">", 10, error("gradient")),
      against("spectral", ">", 1.5, error("sign")),
      against("gradient-large", ">", 1, error("spectral")),
    ],
    figure: [
      { probe: "testSquaredError", scale: "log" },
      { probe: "logRisk", scale: "linear" },
    ],
  },
  quick: { seeds: [0] },
};
