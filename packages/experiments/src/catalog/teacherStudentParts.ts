import type { ArmDefinition } from "../definition/arm.js";
import type { ExperimentDefinition } from "../definition/definition.js";

/** Steepest descent in the norms whose margins are compared, without step rules. */
export const algorithms = {
  gradient: { label: "gradient descent", optimizer: { kind: "steepest", norm: "l2", normalized: true } },
  sign: { label: "sign descent", optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" } },
  coordinate: {
    label: "coordinate descent, near ties together",
    optimizer: { kind: "steepest", norm: "l1", normalized: true, smoothing: "alignment" },
  },
  spectral: { label: "spectral descent", optimizer: { kind: "steepest", norm: "spectral", normalized: true } },
} as const satisfies Readonly<Record<string, Pick<ArmDefinition, "label" | "optimizer">>>;

/** Ten-dimensional data, and the network and loss that learn them: deep runs take seconds. */
export const tenDimensional: Pick<ExperimentDefinition, "dataset" | "network" | "loss"> = {
  dataset: {
    kind: "teacherStudent",
    inputDim: 10,
    teacherWidth: 2,
    nonzerosPerNeuron: 10,
    minTeacherScore: 0.1,
    trainSize: 50,
    testSize: 1000,
  },
  network: { kind: "mlp", hidden: [50], activation: "relu", init: { law: "normalFanIn", scale: 0.3 } },
  loss: { kind: "logistic", reduction: "sum" },
};

/** Probes of the risk, the accuracies, and the margins in the norms of the algorithms. */
export const marginProbes = ["logRisk", "trainAccuracy", "testAccuracy", "margin.l1", "margin.l2", "margin.linf", "margin.spectral"];
