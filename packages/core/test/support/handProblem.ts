import { constant, type LabelledData, linear, losses, mlp, norms, steepestDescent, type TrainOptions } from "../../src/index.js";

/** Options of a run on labelled data. */
export interface LabelledOptions extends TrainOptions {
  readonly data: LabelledData;
  readonly testData?: LabelledData;
}

/** Two samples, <w, x> with w = (3, -4): margins 3 and 4. */
export const linearByHand: LabelledOptions = {
  network: linear({ inputDim: 2 }),
  data: { inputs: Float64Array.of(1, 0, 0, 1), inputDim: 2, labels: [1, -1] },
  loss: losses.exponential,
  optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
  step: constant({ size: 0.1 }),
  init: Float64Array.of(3, -4),
  seed: 0,
};

/** W = ((1, 2), (-1, 0)), a = (2, -3): scores 6 at (1, 1) and -6 at (-2, 0). */
export const reluByHand: LabelledOptions = {
  ...linearByHand,
  network: mlp({ widths: [2, 2, 1], activation: "relu" }),
  data: { inputs: Float64Array.of(1, 1, -2, 0), inputDim: 2, labels: [1, -1] },
  init: Float64Array.of(1, 2, -1, 0, 2, -3),
};
