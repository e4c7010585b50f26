import { knownOptions } from "../check/knownKeys.js";
import { requireBoolean } from "../check/require.js";
import { l2 } from "../norm/l2.js";
import { recorded } from "../recipe/recipe.js";
import type { OptimizerMember } from "./member.js";
import { momentum as momentumMemory } from "./memory/momentum.js";
import { normedDescent } from "./normedDescent.js";
import type { Optimizer } from "./optimizer.js";

export interface HeavyBallOptions {
  /** μ in [0, 1). */
  readonly momentum: number;
  /** true: Nesterov's form, θ ← θ - η (g + μ b). */
  readonly nesterov: boolean;
}

/**
 * Gradient descent with momentum, as PyTorch's SGD does it without dampening.
 *
 *   b ← μ b + ∇R,  θ ← θ - η b
 *
 * Source: Polyak, 1964; Nesterov, 1983; Sutskever et al., ICML 2013. Momentum 0 is gradient descent.
 *
 * @param options  momentum μ in [0, 1), and whether the step is Nesterov's
 * @returns an optimiser with own norm ℓ2, whose steps scale with the gradient
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function heavyBall(options: HeavyBallOptions): Optimizer {
  const { momentum, nesterov } = knownOptions("heavyBall", options, { momentum: true, nesterov: true });
  requireBoolean("nesterov", nesterov);
  const optimizer = normedDescent({
    id: "heavyBall",
    norm: l2,
    memory: momentumMemory({ momentum, accumulate: "sum", nesterov }),
    normalized: false,
    expectation: {
      margin: l2,
      source: "Wang et al., NeurIPS 2022, for linear models; for homogeneous networks theory is silent",
    },
  });
  return recorded("heavyBall", [{ momentum, nesterov }], optimizer);
}

export const heavyBallMember: OptimizerMember = {
  factory: "heavyBall",
  make: heavyBall,
  title: "heavy ball",
  examples: () => ({
    "heavy ball": heavyBall({ momentum: 0.9, nesterov: false }),
    nesterov: heavyBall({ momentum: 0.9, nesterov: true }),
  }),
};
