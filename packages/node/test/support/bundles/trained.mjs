import { losses, marginPaced, mlp, norms, steepestDescent } from "@steepest/core";

/** The rows of a short run, in numbers that JSON keeps. */
export async function trained(engine, c = 0.25) {
  const run = engine.train({
    network: mlp({ widths: [2, 8, 1], activation: "relu" }),
    data: { inputs: Float64Array.of(1, 2, 2, 1, -1, -2, -2, -1), labels: [1, 1, -1, -1], inputDim: 2 },
    loss: losses.exponential,
    optimizer: steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" }),
    step: marginPaced({ c }),
    init: { law: "uniformFanIn", scale: 1 },
    seed: 7,
  });
  const rows = [];
  for await (const { step, logRisk, alignment } of run.points({ perDecade: 8 })) {
    rows.push([step, logRisk, alignment]);
    if (step >= 100) break;
  }
  return rows;
}
