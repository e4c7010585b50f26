import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import type { NormShape } from "../norm/norm.js";
import type { Optimizer, StepSize } from "./optimizer.js";

/** An optimiser as plain functions, with a memory of its own: arguments are copied into kernel memory, results are copies. */
export interface ArrayOptimizer {
  /** Takes e^logRisk · ghat at θ into the memory; returns the direction. */
  aim(theta: ArrayLike<number>, ghat: ArrayLike<number>, logRisk: number): Float64Array;
  /** θ after a step along the last direction, and the factor of the direction. */
  move(theta: ArrayLike<number>, stepSize: StepSize): { readonly theta: Float64Array; readonly length: number };
  /** The optimiser's numbers of its own, if it has any. */
  readings(): Readonly<Record<string, number>>;
}

/** An optimiser as plain functions, for laws, notebooks and tests. @throws DefinitionError  if the optimiser does not fit the shape */
export function arrayOptimizer(optimizer: Optimizer, shape: NormShape, factory: KernelFactory): ArrayOptimizer {
  const lengths = { theta: shape.length, ghat: shape.length, direction: shape.length };
  const plan = new ArenaPlan().spans(lengths);
  optimizer.plan(plan, shape);
  const arena = plan.allocate(factory);
  const { theta, ghat, direction } = arena.spans(lengths);
  const bound = optimizer.bind({ kernels: arena.kernels, arena, shape, theta, ghat, direction });
  return {
    aim: (from, gradient, logRisk) => {
      theta.view.set(from);
      ghat.view.set(gradient);
      bound.aim(logRisk);
      return direction.view.slice();
    },
    move: (from, stepSize) => {
      theta.view.set(from);
      const length = bound.move(stepSize);
      return { theta: theta.view.slice(), length };
    },
    readings: () => bound.readings?.() ?? {},
  };
}
