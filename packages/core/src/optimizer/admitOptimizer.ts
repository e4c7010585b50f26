import type { KernelFactory } from "@steepest/kernels";
import { DefinitionError } from "../error/errors.js";
import type { NormShape } from "../norm/norm.js";
import { type ArrayOptimizer, arrayOptimizer } from "./arrayOptimizer.js";
import type { Optimizer } from "./optimizer.js";

/** Steps before the one that is compared. */
const stepsBefore = 4;

/** Powers of two by which the unit of the gradient differs from step to step: exactly the same gradients, and a loss frame that rises, which rescales memories. */
const otherUnits = [-20, 20, 40, 60, 80];

/** Units that do not differ. */
const oneUnit = otherUnits.map(() => 0);

/** Half of the digits: discontinuous directions may take the other side of a tie, smooth ones keep nearly all digits. */
const tolerance = 2 ** -26;

interface Trial {
  readonly theta: Float64Array;
  readonly gradients: readonly Float64Array[];
}

/**
 * Asks an optimiser a few steps on random gradients, of the shape that it is to be bound to: equal gradients give equal directions, its memory is all that it
 * remembers, and the unit in which gradients are given is no matter.
 *
 * @throws DefinitionError  naming the violated law and a counterexample, or from the optimiser
 */
export function admitOptimizer(optimizer: Optimizer, shape: NormShape, kernels: KernelFactory): void {
  const { theta, gradients } = trial(shape.length);
  const start = (): ArrayOptimizer => arrayOptimizer(optimizer, shape, kernels);
  const last = gradients.at(-1)!;
  /** The displacement in the last step, of size 1, along the last direction. */
  const displaced = (running: ArrayOptimizer, direction: Float64Array): Float64Array => {
    const { length } = running.move(theta, { size: 1, logScale: 0 });
    return direction.map((entry) => length * entry);
  };
  const after = (running: ArrayOptimizer, units: readonly number[]): Float64Array => {
    for (const [t, gradient] of gradients.entries()) running.aim(theta, inUnit(gradient, units[t]!), logRiskOf(t, units[t]!));
    const unit = units[gradients.length]!;
    return displaced(running, running.aim(theta, inUnit(last, unit), logRiskOf(gradients.length, unit)));
  };

  const first = after(start(), oneUnit);
  refuseOther(optimizer, "equal gradients give equal directions", first, after(start(), oneUnit), 0);

  const [kept, resumed] = [start(), start()];
  for (const [t, gradient] of gradients.entries()) kept.aim(theta, gradient, logRiskOf(t, 0));
  resumed.restore(kept.state());
  const goneOn = displaced(resumed, resumed.aim(theta, last, logRiskOf(gradients.length, 0)));
  refuseOther(optimizer, "its memory is all that it remembers", first, goneOn, 0);

  refuseOther(optimizer, "the unit of the gradient is no matter", first, after(start(), otherUnits), tolerance);
}

/** ghat and log risk of the same gradient where the risk is 2^unit times as large: ghat is smaller by as much. */
const inUnit = (gradient: Float64Array, unit: number): Float64Array => gradient.map((entry) => entry * 2 ** -unit);
const logRiskOf = (t: number, unit: number): number => -t / 8 + unit * Math.LN2;

/** Random numbers in [-1, 1) of a linear congruential generator. */
function trial(length: number): Trial {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes, section 7.1
    return state / 2 ** 31 - 1;
  };
  const vector = (): Float64Array => Float64Array.from({ length }, next);
  return { theta: vector(), gradients: Array.from({ length: stepsBefore }, vector) };
}

function refuseOther({ id }: Optimizer, law: string, one: Float64Array, other: Float64Array, tolerated: number): void {
  const largest = one.reduce((top, entry) => Math.max(top, Math.abs(entry)), 0);
  const bad = one.findIndex((entry, i) => !(Math.abs(entry - other[i]!) <= tolerated * largest));
  if (bad < 0) return;
  const found = `after ${stepsBefore} steps entry ${bad} of the step is ${one[bad]} once and ${other[bad]} the other time`;
  throw new DefinitionError(`optimizer ${id}: violates "${law}": ${found}`, {
    path: id,
    value: one[bad],
    hint: "direction(step) may depend on its argument alone; memories say their degree, and constants beside gradients are constant(value, degree)",
  });
}
