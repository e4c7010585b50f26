import type { KernelFactory } from "@steepest/kernels";
import { arrayOptimizer, type MatrixBlock, type NormShape, type Optimizer, type StepSize } from "../../src/index.js";

/** Matrices of these sizes, one after the other. */
export function shapeOf(sizes: readonly (readonly [rows: number, columns: number])[]): NormShape {
  let length = 0;
  const blocks = sizes.map(([rows, columns]): MatrixBlock => {
    const offset = length;
    length += rows * columns;
    return { offset, rows, columns };
  });
  return { length, blocks };
}

export interface Bench {
  readonly theta: Float64Array;
  /** Aims, and returns the direction. */
  aim(logRisk: number, ghat: ArrayLike<number>): Float64Array;
  /** Moves, and returns the multiple of the direction. */
  move(stepSize: StepSize): number;
  readings(): Readonly<Record<string, number>>;
  /** The move of a θ of zeros. */
  update(logRisk: number, ghat: ArrayLike<number>, logScale?: number): Float64Array;
}

/** An optimiser alone, with a θ that steps move. */
export function boundOptimizer(optimizer: Optimizer, shape: NormShape, factory: KernelFactory): Bench {
  const { aim, move, readings } = arrayOptimizer(optimizer, shape, factory);
  const theta = new Float64Array(shape.length);
  const bench: Bench = {
    theta,
    aim: (logRisk, ghat) => aim(theta, ghat, logRisk),
    move: (stepSize) => {
      const moved = move(theta, stepSize);
      theta.set(moved.theta);
      return moved.length;
    },
    readings,
    update: (logRisk, ghat, logScale = 0) => {
      theta.fill(0);
      bench.aim(logRisk, ghat);
      bench.move({ size: 1, logScale });
      return theta.slice();
    },
  };
  return bench;
}
