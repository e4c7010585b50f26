import { knownOptions } from "../check/knownKeys.js";
import { recorded } from "../recipe/recipe.js";
import { type AdamOptions, adam, someAdam } from "./adam.js";
import { decoupledDecay } from "./decoupledDecay.js";
import type { OptimizerMember } from "./member.js";
import type { Optimizer } from "./optimizer.js";

export interface AdamWOptions extends AdamOptions {
  /** λ in θ ← (1 - η λ) θ. */
  readonly decay: number;
}

/**
 * Adam with decoupled weight decay. Source: Loshchilov & Hutter, ICLR 2019. Decay 0 is Adam, bit for bit.
 *
 * @param all  the options of `adam`, and `decay` λ >= 0
 * @returns `adam` within `decoupledDecay`
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function adamW(all: AdamWOptions): Optimizer {
  const { decay, ...options } = knownOptions("adamW", all, {
    beta1: true,
    beta2: true,
    epsilon: true,
    epsilonPlacement: true,
    decay: true,
  });
  return recorded("adamW", [{ decay, ...options }], { ...decoupledDecay(adam(options), decay), id: "adamW" });
}

export const adamWMember: OptimizerMember = {
  factory: "adamW",
  make: adamW,
  title: "AdamW",
  examples: (logFrame) => ({ adamW: adamW({ ...someAdam(logFrame), decay: 0.1 }) }),
};
