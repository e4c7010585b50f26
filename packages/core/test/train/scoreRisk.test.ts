import { expect, test } from "vitest";
import { constant, linear, losses, norms, type SupervisedData, steepestDescent, Training } from "../../src/index.js";
import { scoreRisk } from "../../src/internal.js";
import { hosts } from "../support/hosts.js";

const inputs = Float64Array.of(1, 2, 3, -1, -2, 1, 0.5, 0.25);
const cases: readonly (readonly [string, SupervisedData, number, keyof typeof losses])[] = [
  ["two classes", { inputs, labels: [1, -1, 1, -1], inputDim: 2 }, 1, "logistic"],
  ["two classes, exponential", { inputs, labels: [1, -1, 1, -1], inputDim: 2 }, 1, "exponential"],
  ["three classes", { inputs, labels: [0, 1, 2, 1], inputDim: 2, classes: 3 }, 3, "logistic"],
  ["targets", { inputs, targets: Float64Array.of(1, 0, 2, 1, -1, 3, 0.5, 4), inputDim: 2, outputs: 2 }, 2, "squared"],
];

test.each(hosts.flatMap(({ host, kernels }) => cases.map((one) => [host, kernels, ...one] as const)))(
  "on the %s (%#) the log risk of the scores of a training is that of the training, at every step",
  (_, kernels, __, data, outputs, loss) => {
    const optimizer = steepestDescent({ norm: norms.l2, normalized: false });
    const init = { law: "normalFanIn", scale: 1 } as const;
    const parts = {
      network: linear({ inputDim: 2, outputs }),
      data,
      loss: losses[loss],
      optimizer,
      step: constant({ size: 0.01 }),
      init,
      seed: 4,
    };
    const training = new Training(parts, { kernels });
    const risk = scoreRisk(kernels, data, losses[loss], outputs);
    for (let t = 0; t < 5; t++) {
      expect(risk(training.scores())).toBe(training.logRisk);
      training.advance();
    }
  },
);
