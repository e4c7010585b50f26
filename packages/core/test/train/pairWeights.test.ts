import { describe, expect, test } from "vitest";
import { constant, linear, losses, marginPaced, mlp, norms, steepestDescent, Training, type TrainOptions } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { largestDifference, largestEntry } from "../support/largestDifference.js";
import { threeClasses } from "../support/severalClasses.js";

const paced = { optimizer: steepestDescent({ norm: norms.l2, normalized: true }), step: marginPaced({ c: 0.25 }) };
const { data } = threeClasses;
const options: TrainOptions = {
  ...threeClasses,
  ...paced,
  network: linear({ inputDim: data.inputDim, outputs: 3 }),
  loss: losses.logistic,
};

describe.each(hosts)("the weights of pairs on the $host", (host) => {
  test("make ghat: minus the sum over pairs of the gradients of s_y - s_j, x in row y less x in row j of a linear model", () => {
    const training = new Training(options, host);
    for (let step = 0; step < 5; step++) training.advance();
    const { inputs, labels, inputDim, classes } = data;
    const pairs = training.pairWeights();
    const sum = new Float64Array(classes * inputDim);
    for (let i = 0; i < labels.length; i++) {
      const y = labels[i]!;
      for (let j = 0; j < classes; j++) {
        const weight = pairs[i * classes + j]!;
        expect(weight).toBeGreaterThanOrEqual(0);
        for (let k = 0; k < inputDim; k++) {
          const x = inputs[i * inputDim + k]!;
          sum[y * inputDim + k]! -= weight * x;
          sum[j * inputDim + k]! += weight * x;
        }
      }
    }
    // sums of 3 n terms in another order
    expect(largestDifference(training.gradient(), sum)).toBeLessThanOrEqual(3 * labels.length * Number.EPSILON * largestEntry(sum));
  });

  test("of a sample add up to its weight, with none at its own class, and are it where there is one margin", () => {
    const training = new Training(options, host);
    const [pairs, weights] = [training.pairWeights(), training.weights()];
    for (const [i, weight] of weights.entries()) {
      const row = pairs.subarray(3 * i, 3 * i + 3);
      expect(row[data.labels[i]!]).toBe(0);
      expect(Math.abs(row.reduce((total, one) => total + one, 0) - weight)).toBeLessThanOrEqual(8 * Number.EPSILON * weight);
    }
    const binary = { inputs: Float64Array.of(1, 2, -1, 0.5), labels: [1, -1], inputDim: 2 };
    const two = new Training({ ...options, data: binary, network: mlp({ widths: [2, 3, 1], activation: "relu" }) }, host);
    expect(two.pairWeights()).toEqual(two.weights());
  });

  test("are none for a loss of targets", () => {
    const training = new Training({ ...options, loss: losses.squared, step: constant({ size: 0.01 }) }, host);
    expect([...training.pairWeights()]).toEqual(new Array(3 * data.labels.length).fill(Number.NaN));
  });
});
