import { datasetMember } from "./dataset.js";
import { drawnInPlane, onCircle, planeSchema } from "./plane.js";

/** Two interleaved half circles of radius 1. */
export const moons = datasetMember({
  schema: planeSchema("moons"),
  title: "two moons",
  summary: "two interleaved half circles in the plane",
  examples: [{ kind: "moons", trainSize: 60, noise: 0.1, constant: 1 }],
  ...drawnInPlane((label, draws) => {
    const [x, y] = onCircle(draws);
    return label < 0 ? [x - 0.5, Math.abs(y) - 0.25] : [x + 0.5, 0.25 - Math.abs(y)];
  }),
});
