import { datasetMember } from "./dataset.js";
import { drawnInPlane, planeSchema } from "./plane.js";

/**
 * Two clouds along parallel lines, 1.3 apart: the line <(0.2, 0.35), x> = 0 between them separates up to noise 0.1, and different norms choose different
 * lines.
 */
export const separable = datasetMember({
  schema: planeSchema("separable"),
  title: "linearly separable",
  summary: "two elongated clouds that a straight line separates",
  examples: [{ kind: "separable", trainSize: 60, noise: 0.08, constant: 0 }],
  fewWeightsSuffice: true,
  ...drawnInPlane((label, [x]) => [0.35 * x + 0.7 * label, -0.2 * x + 0.35 * label]),
});
