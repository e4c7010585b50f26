import { constant, losses, mlp, norms, steepestDescent, Training } from "@steepest/core";
import { expect, test } from "vitest";
import { certify, endsMeet } from "../../src/index.js";
import { kernels } from "../support/kernels.js";

test("the ends of κ meet where the search ended as it should, not where it was content with less, and one end alone meets nothing", async () => {
  const network = mlp({ widths: [2, 6, 1], activation: "relu" });
  const data = { inputs: Float64Array.of(1, 2, 2, 1, -1, -2, -2, -1, 1, 0.2, -0.2, -1), labels: [1, 1, -1, -1, 1, -1], inputDim: 2 };
  const optimizer = steepestDescent({ norm: norms.l2, normalized: true });
  const init = { law: "uniformFanIn", scale: 1 } as const;
  const options = { network, data, loss: losses.exponential, optimizer, step: constant({ size: 0.05 }), init, seed: 3 };
  const training = new Training(options, { kernels });
  while (training.step < 400) training.advance();
  for (const [tolerance, met] of [
    [1e-6, true],
    [0.9, false],
  ] as const) {
    const answer = await certify({ network, data, weights: training.parameters(), norm: norms.spectral, kernels, kinks: 0, tolerance });
    if (answer.kind !== "certified") throw new Error("no margin");
    expect({ tolerance, met: endsMeet(answer.document.entries[0]!) }).toEqual({ tolerance, met });
  }
  expect(endsMeet({ kappa: [0.5, null] })).toBeUndefined();
});
