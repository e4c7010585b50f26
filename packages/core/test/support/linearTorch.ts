import { constant, linear, losses, type Optimizer, type TrainHost, Training } from "../../src/index.js";

/**
 * θ after six steps on four samples in three dimensions, the problem of the values that torch 1.13 in float64 gave for tests of optimisers:
 *
 *   X = [[1, 2, .5], [2, -1, 1], [-1, -1.5, .25], [-2, .5, -1]], y = [1, 1, -1, -1], w = [.5, -.25, 1], loss exp(-y X w) summed
 */
export function afterSteps(optimizer: Optimizer, size: number, host: TrainHost, steps = 6): Float64Array {
  const training = new Training(
    {
      network: linear({ inputDim: 3 }),
      data: { inputs: Float64Array.of(1, 2, 0.5, 2, -1, 1, -1, -1.5, 0.25, -2, 0.5, -1), labels: [1, 1, -1, -1], inputDim: 3 },
      loss: losses.exponential,
      optimizer,
      step: constant({ size }),
      init: Float64Array.of(0.5, -0.25, 1),
      seed: 0,
    },
    host,
  );
  while (training.step < steps) training.advance();
  return training.parameters();
}
