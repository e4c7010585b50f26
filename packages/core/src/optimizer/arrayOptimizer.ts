import { ArenaPlan, type KernelFactory, requireFactory } from "@steepest/kernels";
import type { Carrier } from "../carry/carrier.js";
import { type KeptState, keepState, putBackState } from "../carry/state.js";
import { requireNumber, requireObject, requireSize } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { requireVector } from "../check/requireVector.js";
import { DefinitionError } from "../error/errors.js";
import type { NormShape } from "../norm/norm.js";
import { requireBlocks } from "../norm/requireBlocks.js";
import { type Optimizer, optimizerPart, type StepSize } from "./optimizer.js";

/**
 * An optimiser as plain functions, with a memory of its own: arguments are copied into kernel memory, results are copies.
 *
 * @throws DefinitionError  from a call, if a vector is not a list of numbers
 * @throws DimensionError   from a call, if it is not as long as the shape
 */
export interface ArrayOptimizer {
  /** Takes e^logRisk · ghat at θ into the memory; returns the direction. */
  aim(theta: ArrayLike<number>, ghat: ArrayLike<number>, logRisk: number): Float64Array;
  /** θ after a step along the last direction, and the factor of the direction. */
  move(theta: ArrayLike<number>, stepSize: StepSize): { readonly theta: Float64Array; readonly length: number };
  /** The optimiser's numbers of its own, if it has any. */
  readings(): Readonly<Record<string, number>>;
  /** A copy of its memory, for `restore`. @throws DefinitionError  if the optimiser does not say what it remembers */
  state(): KeptState;
  /** Puts back the memory that an optimiser of the same options had. @throws DefinitionError  if it is that of another one */
  restore(state: KeptState): void;
}

/**
 * An optimiser as plain functions, for laws, notebooks and tests.
 *
 * @param optimizer  an optimiser of this package or of your own
 * @param shape      the matrices of θ, in order and without gaps
 * @param factory    makes the kernels of the optimiser's memory
 * @returns functions over f64[p] that copy their arguments and results
 * @throws DefinitionError  if the optimiser is none, or does not fit the shape
 * @throws DimensionError   if the blocks of the shape are not the whole vector, in order and without gaps
 */
export function arrayOptimizer(optimizer: Optimizer, shape: NormShape, factory: KernelFactory): ArrayOptimizer {
  requirePart("optimizer", optimizer, optimizerPart);
  const { blocks, length } = requireObject("shape", shape);
  requireBlocks("shape.blocks", blocks, requireSize("shape.length", length));
  requireFactory("factory", factory);
  const lengths = { theta: shape.length, ghat: shape.length, direction: shape.length };
  const plan = new ArenaPlan().spans(lengths);
  optimizer.plan(plan, shape);
  const arena = plan.allocate(factory);
  const { theta, ghat, direction } = arena.spans(lengths);
  const bound = optimizer.bind({ kernels: arena.kernels, arena, shape, theta, ghat, direction });
  const carried = (carrier: Carrier): void => {
    if (!bound.carry) {
      const hint = "its carry names what it remembers: docs/extending.md";
      throw DefinitionError.at(optimizer.id, "has no carry, so nothing says what it remembers", { hint });
    }
    bound.carry(carrier);
  };
  return {
    aim: (from, gradient, logRisk) => {
      theta.view.set(requireVector("theta", from, shape.length));
      ghat.view.set(requireVector("ghat", gradient, shape.length));
      bound.aim(requireNumber("logRisk", logRisk));
      return direction.view.slice();
    },
    move: (from, stepSize) => {
      theta.view.set(requireVector("theta", from, shape.length));
      const { size, logScale } = requireObject("stepSize", stepSize);
      requireNumber("stepSize.size", size);
      requireNumber("stepSize.logScale", logScale);
      const length = bound.move(stepSize);
      return { theta: theta.view.slice(), length };
    },
    readings: () => bound.readings?.() ?? {},
    state: () => keepState(carried),
    restore: (state) => putBackState("state", state, carried),
  };
}
