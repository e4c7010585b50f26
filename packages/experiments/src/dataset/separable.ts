import type { DatasetChoice } from "./dataset.js";
import { type PlaneChoice, planeDataset } from "./plane.js";

/**
 * Two clouds along parallel lines, 1.3 apart: the line <(0.2, 0.35), x> = 0 between them separates up to noise 0.1, and different norms choose different
 * lines.
 */
export const separable: DatasetChoice<PlaneChoice<"separable">> = planeDataset(
  "separable",
  "two elongated clouds that a straight line separates",
  (label, [x]) => [0.35 * x + 0.7 * label, -0.2 * x + 0.35 * label],
);
