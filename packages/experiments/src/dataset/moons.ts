import type { DatasetChoice } from "./dataset.js";
import { onCircle, type PlaneChoice, planeDataset } from "./plane.js";

/** Two interleaved half circles of radius 1. */
export const moons: DatasetChoice<PlaneChoice<"moons">> = planeDataset(
  "moons",
  "two interleaved half circles in the plane",
  (label, draws) => {
    const [x, y] = onCircle(draws);
    return label < 0 ? [x - 0.5, Math.abs(y) - 0.25] : [x + 0.5, 0.25 - Math.abs(y)];
  },
);
