import { decoupledDecay, type Optimizer } from "@steepest/core";
import { expecting, field, nonNegative, z } from "../definition/schema.js";

/** Schema of the factor by which a step keeps a memory, in [0, 1). */
export const memoryDecay = (): z.ZodNumber => expecting("must be in [0, 1)", (error) => z.number(error).min(0, error).lt(1, error));

/** λ of the decoupled weight decay θ ← (1 - η λ) θ before every step; none where it is absent. */
export interface WeightDecay {
  readonly decay?: number | undefined;
}

export const weightDecay = (): z.ZodOptional<z.ZodNumber> =>
  field(nonNegative(), "Lambda of the decoupled weight decay: a step of size s multiplies the weights by 1 - s lambda.", {
    unit: "1 / step size",
    example: 0.01,
  })
    .optional()
    .meta({ default: 0 });

/** The optimiser that a factory of the core builds from the other options, with its weight decay. */
export const decaying =
  <O extends object>(factory: (options: O) => Optimizer) =>
  ({ decay = 0, ...options }: O & WeightDecay): Optimizer =>
    decoupledDecay(factory(options as unknown as O), decay);
