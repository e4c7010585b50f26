import { ArenaPlan, denseScratchBytes } from "@steepest/kernels";

export const [samples, inputDim, classes] = [64, 32, 128];
export const stepSize = 0.1;
const seed = 1;
const teacherStream = 2 ** 31;

/** Multiplications and additions of the products of one step: scores of the teacher, scores, gradient. */
export const stepFlop = 2 * 3 * samples * inputDim * classes;

/**
 * Online training of a linear softmax model, by the kernels in the order of a step: every step draws inputs from N(0, I), divides each by its root mean square, takes
 * as label the largest score of a teacher, and descends the mean cross-entropy.
 */
export function kernelStep(create) {
  const lengths = {
    x: samples * inputDim,
    norms: samples,
    teacher: classes * inputDim,
    w: classes * inputDim,
    gradient: classes * inputDim,
    scores: samples * classes,
    seeds: samples * classes,
    labels: samples,
    margins: samples,
    weights: samples,
  };
  const scratchBytes = denseScratchBytes(samples, inputDim, classes);
  const arena = new ArenaPlan().scratch(scratchBytes).spans(lengths).allocate(create);
  const scratch = arena.scratch(scratchBytes);
  const { x, norms, teacher, w, gradient, scores, seeds, labels, margins, weights } = arena.spans(lengths);
  const k = arena.kernels;
  const product = (matrix) => k.denseForward(x.ptr, matrix.ptr, scores.ptr, samples, inputDim, classes, scratch);

  const label = () => {
    product(teacher);
    const { view } = scores;
    for (let i = 0; i < samples; i += 1) {
      const first = i * classes;
      let best = first;
      for (let c = first + 1; c < first + classes; c += 1) if (view[c] > view[best]) best = c;
      labels.view[i] = best - first;
    }
  };
  const normalize = () => {
    k.rowEuclidean(x.ptr, norms.ptr, samples, inputDim);
    for (let i = 0; i < samples; i += 1) norms.view[i] = Math.sqrt(inputDim) / norms.view[i];
    k.scaleRows(x.ptr, norms.ptr, x.ptr, samples, inputDim);
  };
  /** The gradient of the log risk of the batch; returns the log risk. */
  const differentiate = () => {
    product(w);
    k.multiclassMargins(scores.ptr, labels.ptr, margins.ptr, seeds.ptr, samples, classes);
    const logRisk = k.logisticLoss(margins.ptr, weights.ptr, samples);
    k.scaleRows(seeds.ptr, weights.ptr, seeds.ptr, samples, classes);
    k.denseWeightGradient(x.ptr, seeds.ptr, gradient.ptr, samples, inputDim, classes, scratch);
    return logRisk;
  };
  let t = 0;
  const step = () => {
    k.randomNormal(x.ptr, x.length, seed, 0, t);
    t += 1;
    normalize();
    label();
    const risk = k.exp(differentiate());
    k.axpy(gradient.ptr, w.ptr, w.length, (stepSize * risk) / samples); // weights have the sign of the descent direction
  };

  k.randomNormal(teacher.ptr, teacher.length, seed, 0, teacherStream);
  k.randomNormal(w.ptr, w.length, seed, 0, teacherStream + 1);
  k.randomNormal(x.ptr, x.length, seed, 0, teacherStream + 2);
  const given = Object.fromEntries(Object.entries({ x, teacher, w }).map(([name, { view }]) => [name, [...view]]));
  normalize();
  label();
  const logRisk = differentiate();
  const length = Math.sqrt(gradient.view.reduce((sum, value) => sum + value * value, 0));
  w.view.fill(0);
  /** The first batch as drawn and the matrices, and what the sides must agree on there: the log risk, and the length of the gradient of the log risk. */
  return { step, given, figures: [logRisk, length] };
}
