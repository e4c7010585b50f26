import { decoupledDecay, type Optimizer } from "@steepest/core";
import { field, nonNegative, type z } from "../definition/schema.js";

/** λ of the decoupled weight decay θ ← (1 - η λ) θ before every step; none where it is absent. */
export interface WeightDecay {
  readonly decay?: number | undefined;
}

/** The schema of λ, for optimisers that always have one. */
export const lambda = (): z.ZodNumber =>
  field(nonNegative(), "Lambda of the decoupled weight decay: a step of size s multiplies the weights by 1 - s lambda.", {
    unit: "1 / step size",
    example: 0.01,
  });

export const weightDecay = (): z.ZodOptional<z.ZodNumber> => lambda().optional().meta({ default: 0 });

/** The optimiser that a factory of the core builds from the other options, with its weight decay. */
export const decaying =
  <O extends object>(factory: (options: O) => Optimizer) =>
  ({ decay = 0, ...options }: O & WeightDecay): Optimizer =>
    decoupledDecay(factory(options as unknown as O), decay);
