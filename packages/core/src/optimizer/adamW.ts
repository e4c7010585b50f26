import { recorded } from "../recipe.js";
import { type AdamOptions, adam } from "./adam.js";
import { decoupledDecay } from "./decoupledDecay.js";
import type { Optimizer } from "./optimizer.js";

export interface AdamWOptions extends AdamOptions {
  /** λ in θ ← (1 - η λ) θ. */
  readonly decay: number;
}

/** Adam with decoupled weight decay. Source: Loshchilov & Hutter, ICLR 2019. Decay 0 is Adam, bit for bit. */
export function adamW({ decay, ...options }: AdamWOptions): Optimizer {
  return recorded("adamW", [{ decay, ...options }], { ...decoupledDecay(adam(options), decay), id: "adamW" });
}
