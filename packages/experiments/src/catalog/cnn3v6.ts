import type { CatalogEntry } from "./entry.js";
import { ownMarginArms, ownMarginClaims } from "./ownMargins.js";
import { marginProbes } from "./teacherStudentParts.js";

/** The log risk at which coordinate descent, the slowest by far, ends and is compared. */
const coordinateAt = -30;

/** Does every optimiser raise the margin of its own norm when weights are shared over the image? */
export const cnn3v6: CatalogEntry = {
  definition: {
    id: "cnn-3v6",
    source:
      "ours, after figure 2 of JMLR 27 (2026): two convolutions of 3 x 3 with 4 and 8 channels and max-pooling, on images averaged to 14 x 14 (without dataset.pool on those of 28 x 28, at five times the cost)",
    question: "does every optimiser raise the margin of its own norm on convolutions?",
    dataset: { kind: "mnistPair", digits: [3, 6], trainSize: 100, pool: 2 },
    network: {
      kind: "layers",
      layers: [
        { kind: "conv2d", channels: 4, size: 3 },
        "relu",
        { kind: "maxPool", size: 2 },
        { kind: "conv2d", channels: 8, size: 3 },
        "relu",
        { kind: "maxPool", size: 2 },
      ],
      init: { law: "normalFanIn", scale: 1 },
    },
    loss: { kind: "logistic", reduction: "sum" },
    arms: ownMarginArms({ rule: "marginPaced", c: 0.5 }, { steps: 5000, logRiskBelow: coordinateAt }),
    seeds: [0, 1, 2],
    stop: { steps: 10_000, logRiskBelow: -100 },
    record: { probes: [...marginProbes, "alignment"], pointsPerDecade: 48 },
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
  quick: { seeds: [0], stop: { steps: 10_000, logRiskBelow: coordinateAt } },
};
