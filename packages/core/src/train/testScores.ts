import { headOf } from "../head/registry.js";
import type { LabelledScores } from "../head/sampleMargins.js";
import type { Loss } from "../loss/loss.js";
import { type SupervisedData, sampleCountOf } from "../network/data.js";
import { labelledScores } from "./homogeneity.js";

/** Test samples with a scorer on them, and their targets where the loss is one of targets. */
export interface TestScores extends LabelledScores {
  /** Mean of (f − t)² over samples and targets at the last forward pass, added in their order; NaN with a loss of margins. */
  squaredError(): number;
}

/** Test data, whose labels or targets are copied, with a scorer on it. */
export function testScores(data: SupervisedData, scorer: LabelledScores["scorer"], { sees }: Loss): TestScores {
  const scored = labelledScores(data, scorer);
  if (sees !== "targets") return { ...scored, squaredError: () => Number.NaN };
  const targets = targetsOf(data);
  return {
    ...scored,
    squaredError: () => {
      const { view } = scorer.scores;
      let sum = 0;
      for (let k = 0; k < targets.length; k++) sum += (view[k]! - targets[k]!) * (view[k]! - targets[k]!);
      return sum / targets.length;
    },
  };
}

/** The targets of every sample, f64[n][outputs]: its own, -1 and +1, or a one-hot vector. */
function targetsOf(data: SupervisedData): Float64Array {
  const head = headOf(data);
  const outputs = head.outputs(data);
  const targets = new Float64Array(sampleCountOf(data) * outputs);
  for (let i = 0; i * outputs < targets.length; i++) head.target(data, i, targets.subarray(i * outputs, (i + 1) * outputs));
  return targets;
}
