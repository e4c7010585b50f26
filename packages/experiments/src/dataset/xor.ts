import type { DatasetChoice } from "./dataset.js";
import { type PlaneChoice, planeDataset } from "./plane.js";

/** The four corners of a square, labelled by the sign of the product of their coordinates. */
export const xor: DatasetChoice<PlaneChoice<"xor">> = planeDataset(
  "xor",
  "four corners of a square, equal labels across the diagonal",
  (label, [x]) => (x < 0 ? [-0.8, -0.8 * label] : [0.8, 0.8 * label]),
);
