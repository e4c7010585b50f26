import type { DatasetChoice } from "./dataset.js";
import { type PlaneChoice, planeDataset } from "./plane.js";

/** Two clouds along parallel lines: a straight line between them separates, and different norms choose different lines. */
export const separable: DatasetChoice<PlaneChoice<"separable">> = planeDataset(
  "separable",
  "two elongated clouds that a straight line separates",
  (label, [x]) => [0.35 * x + 0.7 * label, 0.2 * x + 0.35 * label],
);
