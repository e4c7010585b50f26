// Online training of a linear softmax model: 128 classes of 32 inputs; every step draws 64 samples, which a linear teacher labels, and descends the mean cross-entropy; after 64
// steps the risk of 4096 fixed samples is looked at, or never.
import { constant, linear, losses, meanReduction, norms, steepestDescent, Training } from "@steepest/core";
import { drawData, freshSamples } from "@steepest/experiments";
import { generator } from "../kernel/operands.mjs";

export const [samples, inputDim, classes] = [64, 32, 128];
const [stepsPerEpoch, stepSize, seed] = [64, 0.1, 1];
const dataset = { kind: "oneHotTeacher", inputDim, classes, trainSize: stepsPerEpoch * samples, testSize: 0 };

/** Multiplications and additions of the products of one step: scores of the teacher, scores, gradient, and, where it looks, its part of the look at the fixed samples. */
export const stepFlop = (looks) => 2 * (looks ? 4 : 3) * samples * inputDim * classes;

function training(kernels, data, init, batch) {
  return new Training(
    {
      network: linear({ inputDim, outputs: classes }),
      data,
      loss: meanReduction(losses.logistic),
      optimizer: steepestDescent({ norm: norms.l2, normalized: false }),
      step: constant({ size: stepSize }),
      ...(batch && { batch }),
      init,
      seed,
    },
    { kernels },
  );
}

/**
 * A run with kernels of one kind, from zero weights; and what all sides must agree on: the log risk of the first batch at other weights, and the length of its
 * gradient. The peers are given these, and inputs of the fixed samples; they draw their own batches.
 */
export async function online(kernels, { looks = true } = {}) {
  const fresh = freshSamples(dataset, seed, samples, { kernels });
  const { train } = await drawData(dataset, seed, { kernels });
  const random = generator(1);
  const w = Float64Array.from({ length: classes * inputDim }, () => 2 * random() - 1);
  const { inputs, labels, ...rest } = fresh(0);
  const first = { ...rest, inputs: inputs.slice(), labels: [...labels] };
  const batch = training(kernels, first, w);
  const length = Math.sqrt(batch.gradient().reduce((sum, value) => sum + value * value, 0));
  const run = training(kernels, train, new Float64Array(w.length), {
    fresh: samples,
    samples: fresh,
    lookEvery: looks ? stepsPerEpoch : Number.MAX_SAFE_INTEGER,
  });
  return {
    step: () => run.advance(),
    given: {
      x: [...first.inputs],
      labels: first.labels,
      w: [...w],
      fixed: [...train.inputs],
      fixedLabels: [...train.labels],
      samples,
      inputDim,
      classes,
      stepSize,
      stepsPerEpoch,
      looks,
    },
    figures: [batch.logRisk, length],
  };
}
