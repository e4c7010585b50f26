import type { KernelFactory, Loss, Samples, SupervisedData } from "@steepest/core";
import { ArenaPlan, hasTargets, scoreRisk } from "@steepest/core/internal";

/** The log risk of a linear model along and across a linear teacher. */
export interface TeacherReadings {
  /** The log risk of the part of the weights that points along the teacher. */
  readonly radialLogRisk: number;
  /** The logarithm of what the rest adds to the risk; NaN where it adds nothing. */
  readonly tangentialLogRisk: number;
}

/** The parts that decide the readings. */
interface TeacherRun {
  /** f64[outputs][inputDim] */
  readonly teacher: Float64Array;
  readonly data: SupervisedData;
  readonly loss: Loss;
  readonly kernels: KernelFactory;
}

/**
 * Splits the risk R of a linear model W by a teacher W*. With several classes W* is taken without the mean of its rows, which no probability depends on.
 * The radial risk is that of the projection <W, W*> W* / ||W*||² on the teacher, the tangential risk the rest, R - R_radial: what W loses because it does
 * not point along the teacher.
 *
 * @returns a function of W, f64[outputs][inputDim], and log R
 */
export function teacherRisk({
  teacher,
  data,
  loss,
  kernels: factory,
}: TeacherRun): (weights: Float64Array, logRisk: number) => TeacherReadings {
  const { inputDim } = data;
  const outputs = teacher.length / inputDim;
  const centred = outputs === 1 || hasTargets(data) ? teacher : withoutMeanRow(teacher, inputDim);
  const scores = scoresOf(centred, data);
  const scaled = new Float64Array(scores.length);
  const squared = dot(centred, centred);
  const risk = scoreRisk(factory, data, loss, outputs);
  const { kernels } = new ArenaPlan().span(1).allocate(factory);
  return (weights, logRisk) => {
    const share = dot(weights, centred) / squared;
    for (let i = 0; i < scores.length; i++) scaled[i] = share * scores[i]!;
    const radialLogRisk = risk(scaled);
    const rest = 1 - kernels.exp(radialLogRisk - logRisk);
    return { radialLogRisk, tangentialLogRisk: rest > 0 ? logRisk + kernels.log(rest) : Number.NaN };
  };
}

function withoutMeanRow(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns;
  const centred = matrix.slice();
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += matrix[i * columns + j]!;
    for (let i = 0; i < rows; i++) centred[i * columns + j]! -= sum / rows;
  }
  return centred;
}

function scoresOf(matrix: Float64Array, { inputs, inputDim }: Samples): Float64Array {
  const rows = matrix.length / inputDim;
  const count = inputs.length / inputDim;
  const scores = new Float64Array(count * rows);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < rows; j++) {
      let sum = 0;
      for (let k = 0; k < inputDim; k++) sum += inputs[i * inputDim + k]! * matrix[j * inputDim + k]!;
      scores[i * rows + j] = sum;
    }
  }
  return scores;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
