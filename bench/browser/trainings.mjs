// What is trained on every side, in Node and in the page: bundled into both.
import { constant, losses, mlp, norms, steepestDescent } from "@steepest/core";
import { images } from "../images.mjs";

/** Points of a lattice in the plane with a constant coordinate, a band of one label between two of the other. */
function lattice(sampleCount) {
  const points = Array.from({ length: sampleCount }, (_, i) => [((i * 37) % 61) / 30 - 1, ((i * 17) % 59) / 29 - 1]);
  return {
    inputs: Float64Array.from(points.flatMap((point) => [...point, 1])),
    labels: points.map(([x]) => (Math.abs(x) < 0.4 ? 1 : -1)),
    inputDim: 3,
  };
}

const training = (data, hidden) => ({
  network: mlp({ widths: [data.inputDim, hidden, 1], activation: "relu" }),
  data,
  loss: losses.logistic,
  optimizer: steepestDescent({ norm: norms.l2, normalized: false }),
  step: constant({ size: 1e-4 }),
  init: { law: "uniformFanIn", scale: 0.01 },
  seed: 0,
});

export const trainings = {
  "3x32x1, 60 samples": () => training(lattice(60), 32),
  "784x128x1, 100 samples": () => training(images(100), 128),
  "784x256x1, 1000 samples": () => training(images(1000), 256),
};

/** A run that makes as many further steps as asked for; answers with their wall time in milliseconds. */
export function lapsOf(engine, name) {
  const run = engine.train(trainings[name]());
  let reached = 0;
  return async (steps) => {
    const target = reached + steps;
    const start = performance.now();
    for await (const point of run.points({ perDecade: 1, at: [target] })) {
      reached = point.step;
      if (reached >= target) break;
    }
    return performance.now() - start;
  };
}
