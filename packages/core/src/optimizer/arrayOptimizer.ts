import { ArenaPlan, type KernelFactory, requireFactory, type Span } from "@steepest/kernels";
import { DimensionError } from "../errors.js";
import type { NormShape } from "../norm/norm.js";
import { requireNumber, requireNumbers, requireObject } from "../require.js";
import { requirePart } from "../requirePart.js";
import { requireShape } from "../requireSpace.js";
import { type Optimizer, optimizerPart, type StepSize } from "./optimizer.js";

/** An optimiser as plain functions, with a memory of its own: arguments are copied into kernel memory, results are copies. */
export interface ArrayOptimizer {
  /** Takes e^logRisk · ghat at θ into the memory; returns the direction. */
  aim(theta: ArrayLike<number>, ghat: ArrayLike<number>, logRisk: number): Float64Array;
  /** θ after a step along what was aimed at last, and what multiplied the direction. */
  move(theta: ArrayLike<number>, stepSize: StepSize): { readonly theta: Float64Array; readonly length: number };
  /** The optimiser's numbers of its own, if it has any. */
  readings(): Readonly<Record<string, number>>;
}

/** For laws, notebooks and tests. @throws DefinitionError  if the optimiser does not fit the shape, or is none */
export function arrayOptimizer(optimizer: Optimizer, shape: NormShape, factory: KernelFactory): ArrayOptimizer {
  requirePart("optimizer", optimizer, optimizerPart);
  requireShape("shape", shape);
  requireFactory("factory", factory);
  const lengths = { theta: shape.length, ghat: shape.length, direction: shape.length };
  const plan = new ArenaPlan().spans(lengths);
  optimizer.plan(plan, shape);
  const arena = plan.allocate(factory);
  const { theta, ghat, direction } = arena.spans(lengths);
  const bound = optimizer.bind({ kernels: arena.kernels, arena, shape, theta, ghat, direction });
  const load = (span: Span, path: string, numbers: ArrayLike<number>): void => {
    if (requireNumbers(path, numbers).length !== span.length) {
      throw new DimensionError(`${path}: has length ${numbers.length}, expected ${span.length}`, { path, value: numbers.length });
    }
    span.view.set(numbers);
  };
  return {
    aim: (from, gradient, logRisk) => {
      load(theta, "theta", from);
      load(ghat, "ghat", gradient);
      bound.aim(requireNumber("logRisk", logRisk));
      return direction.view.slice();
    },
    move: (from, stepSize) => {
      load(theta, "theta", from);
      const { size, logScale } = requireObject("stepSize", stepSize);
      requireNumber("stepSize.size", size);
      requireNumber("stepSize.logScale", logScale);
      const length = bound.move(stepSize);
      return { theta: theta.view.slice(), length };
    },
    readings: () => bound.readings?.() ?? {},
  };
}
