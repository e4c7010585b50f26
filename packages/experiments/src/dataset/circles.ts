import type { DatasetChoice } from "./dataset.js";
import { onCircle, type PlaneChoice, planeDataset } from "./plane.js";

/** A circle of radius 0.5 within one of radius 1.2. Needs the constant coordinate: without a bias both lie in the same directions. */
export const circles: DatasetChoice<PlaneChoice<"circles">> = planeDataset("circles", "a circle within a circle", (label, draws) => {
  const [x, y] = onCircle(draws);
  const radius = label < 0 ? 1.2 : 0.5;
  return [radius * x, radius * y];
});
