import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import type { BoundOptimizer, MatrixBlock, NormShape, Optimizer } from "../src/index.js";

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
  aim(logRisk: number, ghat: ArrayLike<number>): void;
  readonly move: BoundOptimizer["move"];
  readonly readings: BoundOptimizer["readings"];
  /** How a θ of zeros moves. */
  update(logRisk: number, ghat: ArrayLike<number>, logScale?: number): Float64Array;
}

/** The bound optimiser alone. */
export function boundOptimizer(optimizer: Optimizer, shape: NormShape, factory: KernelFactory): Bench {
  const plan = new ArenaPlan().span(shape.length).span(shape.length).span(shape.length);
  optimizer.plan(plan, shape);
  const arena = plan.allocate(factory);
  const [theta, ghat, direction] = [arena.span(shape.length), arena.span(shape.length), arena.span(shape.length)];
  const bound = optimizer.bind({ kernels: arena.kernels, arena, shape, theta, ghat, direction });
  const aim = (logRisk: number, gradient: ArrayLike<number>): void => {
    ghat.view.set(gradient);
    bound.aim(logRisk);
  };
  return {
    theta: theta.view,
    aim,
    move: bound.move,
    readings: bound.readings,
    update: (logRisk, gradient, logScale = 0) => {
      theta.view.fill(0);
      aim(logRisk, gradient);
      bound.move({ size: 1, logScale });
      return theta.view.slice();
    },
  };
}
