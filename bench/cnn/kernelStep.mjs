import { ArenaPlan, conv2dScratchBytes, denseScratchBytes } from "@steepest/kernels";
import { first, flattened, samples as n, operands, second } from "./network.mjs";

const scratchBytes = Math.max(conv2dScratchBytes(first), conv2dScratchBytes(second), denseScratchBytes(n, flattened, 1));
const sizes = ({ channels, height, width, filters, size, stride, padding }) => [channels, height, width, filters, size, stride, padding];

/** One step by the kernels, in the order of a step: scores, weights of the samples, gradients of the log risk by the three matrices. */
export function kernelStep(create) {
  const given = operands();
  const [hidden1, hidden2] = [n * 8 * 24 * 24, n * flattened];
  const lengths = {
    x: n * 784,
    w1: given.w1.length,
    w2: given.w2.length,
    w3: given.w3.length,
    z1: hidden1,
    a1: hidden1,
    z2: hidden2,
    a2: hidden2,
    scores: n,
    labels: n,
    margins: n,
    weights: n,
    d2: hidden2,
    d1: hidden1,
    dw1: given.w1.length,
    dw2: given.w2.length,
    dw3: flattened,
  };
  const plan = new ArenaPlan().scratch(scratchBytes);
  for (const length of Object.values(lengths)) plan.span(length);
  const arena = plan.allocate(create);
  const scratch = arena.scratch(scratchBytes);
  const spans = Object.fromEntries(Object.entries(lengths).map(([name, length]) => [name, arena.span(length)]));
  for (const [name, values] of Object.entries(given)) spans[name].view.set(values);
  const p = Object.fromEntries(Object.entries(spans).map(([name, { ptr }]) => [name, ptr]));
  const k = arena.kernels;
  const step = () => {
    k.conv2dForward(p.x, p.w1, p.z1, n, ...sizes(first), scratch);
    k.reluForward(p.z1, p.a1, hidden1);
    k.conv2dForward(p.a1, p.w2, p.z2, n, ...sizes(second), scratch);
    k.reluForward(p.z2, p.a2, hidden2);
    k.denseForward(p.a2, p.w3, p.scores, n, flattened, 1, scratch);
    k.multiply(p.scores, p.labels, p.margins, n);
    const logRisk = k.logisticLoss(p.margins, p.weights, n);
    k.multiply(p.weights, p.labels, p.weights, n);
    k.scale(p.weights, p.weights, n, -1);
    k.denseWeightGradient(p.a2, p.weights, p.dw3, n, flattened, 1, scratch);
    k.denseInputGradient(p.weights, p.w3, p.d2, n, flattened, 1, scratch);
    k.reluBackward(p.z2, p.d2, p.d2, hidden2);
    k.conv2dWeightGradient(p.a1, p.d2, p.dw2, n, ...sizes(second), scratch);
    k.conv2dInputGradient(p.d2, p.w2, p.d1, n, ...sizes(second), scratch);
    k.reluBackward(p.z1, p.d1, p.d1, hidden1);
    k.conv2dWeightGradient(p.x, p.d1, p.dw1, n, ...sizes(first), scratch);
    return logRisk;
  };
  /** Log risk and Euclidean lengths of the three gradients of the log risk, by which the sides are compared. */
  const figures = () => {
    const logRisk = step();
    return [
      logRisk,
      ...[spans.dw1, spans.dw2, spans.dw3].map(({ view }) => Math.sqrt(view.reduce((sum, value) => sum + value * value, 0))),
    ];
  };
  return { step, figures };
}
