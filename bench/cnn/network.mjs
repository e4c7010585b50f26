// The small CNN of the bench, for every side: 28 x 28 inputs, 8 filters 5 x 5, relu, 16 filters 5 x 5, relu, dense to one score; logistic loss; gradient descent.
import { constant, conv2d, dense, layers, losses, norms, steepestDescent, Training } from "@steepest/core";
import { generator } from "../kernel/operands.mjs";

const samples = 100;
const flattened = 16 * 20 * 20;
/** Lengths of the three matrices. */
const lengths = [8 * 25, 16 * 200, flattened];
export const stepSize = 1e-6;

/** Multiplications and additions of the products of one step; the first layer needs no gradient by its inputs. */
export const stepFlop = 2 * samples * (2 * 24 * 24 * 8 * 25 + 3 * 20 * 20 * 16 * 200 + 3 * flattened);

/** Inputs, labels and weights, the same numbers on every side. */
export function operands() {
  const random = generator(1);
  const values = (length, bound) => Float64Array.from({ length }, () => bound * (2 * random() - 1));
  const x = values(samples * 784, 1).map(Math.abs);
  const labels = Float64Array.from({ length: samples }, () => (random() < 0.5 ? -1 : 1));
  const [w1, w2, w3] = [values(lengths[0], 1 / 5), values(lengths[1], 1 / Math.sqrt(200)), values(lengths[2], 1 / Math.sqrt(flattened))];
  return { x, labels, w1, w2, w3 };
}

/** A run of the network on kernels of one kind. */
export function training(kernels) {
  const { x, labels, w1, w2, w3 } = operands();
  return new Training(
    {
      network: layers({
        input: { channels: 1, height: 28, width: 28 },
        layers: [conv2d({ channels: 8, size: 5 }), "relu", conv2d({ channels: 16, size: 5 }), "relu", dense({ units: 1 })],
      }),
      data: { inputs: x, labels: [...labels], inputDim: 784 },
      loss: losses.logistic,
      optimizer: steepestDescent({ norm: norms.l2, normalized: false }),
      step: constant({ size: stepSize }),
      init: Float64Array.of(...w1, ...w2, ...w3),
      seed: 0,
    },
    { kernels },
  );
}

/** Log risk, and Euclidean lengths of the gradients of the log risk by the three matrices: what the sides must agree on. */
export function figures(run) {
  const gradient = run.gradient();
  let start = 0;
  const parts = lengths.map((length) => {
    start += length;
    return Math.sqrt(gradient.subarray(start - length, start).reduce((sum, value) => sum + value * value, 0));
  });
  return [run.logRisk, ...parts];
}
