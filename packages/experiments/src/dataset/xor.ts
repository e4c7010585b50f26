import { datasetMember } from "./dataset.js";
import { drawnInPlane, planeSchema } from "./plane.js";

/** The four corners of a square, labelled by the sign of the product of their coordinates. */
export const xor = datasetMember({
  schema: planeSchema("xor"),
  title: "XOR",
  summary: "four corners of a square, equal labels across the diagonal",
  examples: [{ kind: "xor", trainSize: 60, noise: 0.25, constant: 1 }],
  fewWeightsSuffice: true,
  ...drawnInPlane((label, [x]) => (x < 0 ? [-0.8, -0.8 * label] : [0.8, 0.8 * label])),
});
