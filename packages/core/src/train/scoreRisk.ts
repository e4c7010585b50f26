import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import { objectiveOf, objectiveSpans } from "../head/objective.js";
import { headOf } from "../head/registry.js";
import type { Loss } from "../loss/loss.js";
import { type SupervisedData, sampleCountOf } from "../network/data.js";

/**
 * The log risk as a function of the scores, for scores that no network makes at its weights.
 *
 * @param factory  makes the kernels, whose memory is taken once
 * @param data     labels or targets; the inputs are not looked at
 * @param loss     a loss that fits the data
 * @param outputs  scores per sample
 * @returns log Σᵢ l of f64[samples][outputs], as `TrainPoint.logRisk`; the scores are copied
 */
export function scoreRisk(factory: KernelFactory, data: SupervisedData, loss: Loss, outputs: number): (scores: Float64Array) => number {
  const n = sampleCountOf(data);
  const sizes = { ...objectiveSpans(n, outputs), scores: n * outputs };
  const arena = new ArenaPlan().spans(sizes).allocate(factory);
  const { kernels } = arena;
  const spans = arena.spans(sizes);
  const { scores, labels, targets, margins } = spans;
  const head = headOf(data);
  for (let i = 0; i < n; i++) {
    labels.view[i] = head.label(data, i);
    head.target(data, i, targets.view.subarray(i * outputs, (i + 1) * outputs));
  }
  const objective = objectiveOf({ kernels, head, scores, spans }, loss);
  return (values) => {
    scores.view.set(values);
    head.margins(kernels, { scores: scores.ptr, labels: labels.ptr, n, outputs }, margins.ptr);
    return objective.evaluate();
  };
}
