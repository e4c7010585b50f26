import type { CatalogEntry } from "./entry.js";
import { ownMarginArms, ownMarginClaims } from "./ownMargins.js";
import { marginProbes } from "./teacherStudentParts.js";

/** The log risk at which coordinate descent, the slowest by far, ends and is compared. */
const coordinateAt = -30;

/** Does every optimiser raise the margin of its own norm on natural images? Skipped where no files of CIFAR-10 are given. */
export const cifarPair: CatalogEntry = {
  definition: {
    id: "cifar-pair",
    source:
      "ours, after the checks that JMLR 27 (2026) leaves open: cats against dogs of CIFAR-10, averaged to 16 x 16 in three channels; STEEPEST_CIFAR10 names the folder of its binary files",
    question: "does every optimiser raise the margin of its own norm on natural images?",
    dataset: { kind: "cifar10", classes: [3, 5], trainSize: 100, pool: 2 },
    network: { kind: "mlp", hidden: [32], activation: "relu", init: { law: "normalFanIn", scale: 0.3 } },
    loss: { kind: "logistic", reduction: "sum" },
    arms: ownMarginArms({ rule: "marginPaced", c: 0.5 }, { steps: 5000, logRiskBelow: coordinateAt }),
    seeds: [0, 1, 2],
    stop: { steps: 10_000, logRiskBelow: -100 },
    record: { probes: [...marginProbes, "alignment"], pointsPerDecade: 24 },
    claims: ownMarginClaims(coordinateAt),
    figure: [
      { probe: "margin.linf", scale: "log" },
      { probe: "margin.l2", scale: "log" },
      { probe: "margin.l1", scale: "log" },
      { probe: "margin.spectral", scale: "log" },
      { probe: "testAccuracy", scale: "linear" },
      { probe: "logRisk", scale: "symlog" },
    ],
  },
  quick: { seeds: [0] },
};
