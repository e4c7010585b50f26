import { datasetMember } from "./dataset.js";
import { drawnInPlane, onCircle, planeSchema } from "./plane.js";

/** A circle of radius 0.5 within one of radius 1.2. Needs the constant coordinate: without a bias both lie in the same directions. */
export const circles = datasetMember({
  schema: planeSchema("circles"),
  title: "circles",
  summary: "a circle within a circle",
  examples: [{ kind: "circles", trainSize: 60, noise: 0.08, constant: 1 }],
  ...drawnInPlane((label, draws) => {
    const [x, y] = onCircle(draws);
    const radius = label < 0 ? 1.2 : 0.5;
    return [radius * x, radius * y];
  }),
});
