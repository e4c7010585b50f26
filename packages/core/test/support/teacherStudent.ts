import { referenceKernels } from "@steepest/reference";
import {
  constant,
  drawNormal,
  type LabelledData,
  losses,
  marginPaced,
  mlp,
  type Network,
  norms,
  steepestDescent,
} from "../../src/index.js";
import type { LabelledOptions } from "./handProblem.js";

const inputDim = 10;
const sampleCount = 50;
const teacherWidth = 2;
const studentWidth = 50;
const leastScore = 0.1;
const teacherStream = 910;
const inputStream = 911;

/**
 * Samples N(0, I) labelled by the sign of max(u·x, 0) - max(v·x, 0); a sample with |score| <= 0.1 is redrawn, because a ReLU teacher without bias is
 * exactly 0 on a quarter of the space.
 */
export function teacherStudentData(seed: number): LabelledData {
  const teacher = drawNormal(referenceKernels, { seed, stream: teacherStream, count: teacherWidth * inputDim });
  const pool = drawNormal(referenceKernels, { seed, stream: inputStream, count: 20 * sampleCount * inputDim });
  const inputs: number[] = [];
  const labels: number[] = [];
  for (let at = 0; labels.length < sampleCount; at += inputDim) {
    const x = pool.subarray(at, at + inputDim);
    const [plus, minus] = [0, 1].map((unit) =>
      Math.max(
        0,
        x.reduce((sum, value, k) => sum + value * teacher[unit * inputDim + k]!, 0),
      ),
    );
    const score = plus! - minus!;
    if (Math.abs(score) <= leastScore) continue;
    inputs.push(...x);
    labels.push(Math.sign(score));
  }
  return { inputs: Float64Array.from(inputs), inputDim, labels };
}

export const student: Network = mlp({ widths: [inputDim, studentWidth, 1], activation: "relu" });

/** Options of gradient descent for tests of mini-batches. */
export const batchBase: LabelledOptions = {
  network: student,
  data: teacherStudentData(0),
  loss: losses.logistic,
  optimizer: steepestDescent({ norm: norms.l2, normalized: false }),
  step: constant({ size: 0.02 }),
  init: { law: "normalFanIn", scale: 0.3 },
  seed: 3,
};

/** Options of sign descent with test data. */
export const signBase: LabelledOptions = {
  ...batchBase,
  testData: teacherStudentData(1),
  optimizer: steepestDescent({ norm: norms.linf, normalized: true }),
  step: marginPaced({ c: 1 }),
};
