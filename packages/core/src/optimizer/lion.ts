import { knownOptions } from "../check/knownKeys.js";
import { linf } from "../norm/linfAndL1.js";
import { recorded } from "../recipe/recipe.js";
import { decoupledDecay } from "./decoupledDecay.js";
import type { OptimizerMember } from "./member.js";
import { lionMemory } from "./memory/lion.js";
import { normedDescent } from "./normedDescent.js";
import type { Optimizer } from "./optimizer.js";

export interface LionOptions {
  /** β1 in [0, 1): decay of the average whose sign is the step. */
  readonly beta1: number;
  /** β2 in [0, 1): decay of the average that is remembered. */
  readonly beta2: number;
}

/**
 * Lion: θ ← θ - η sign(β1 m + (1 - β1) ∇R), m ← β2 m + (1 - β2) ∇R. With weight decay: `decoupledDecay(lion(...), decay)`.
 * Source: Chen et al., NeurIPS 2023.
 *
 * @param options  beta1 and beta2 in [0, 1)
 * @returns an optimiser with own norm ℓ∞
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function lion(options: LionOptions): Optimizer {
  const { beta1, beta2 } = knownOptions("lion", options, { beta1: true, beta2: true });
  const optimizer = normedDescent({
    id: "lion",
    norm: linf,
    memory: lionMemory({ beta1, beta2 }),
    normalized: true,
    expectation: {
      margin: undefined,
      source: "theory is silent on two averages; its steps are those of sign descent along an average of gradients (Signum raises linf)",
    },
  });
  return recorded("lion", [{ beta1, beta2 }], optimizer);
}

export const lionMember: OptimizerMember = {
  factory: "lion",
  make: lion,
  title: "Lion",
  examples: () => ({
    lion: lion({ beta1: 0.9, beta2: 0.99 }),
    "lion with decay": decoupledDecay(lion({ beta1: 0.9, beta2: 0.99 }), 0.1),
  }),
};
