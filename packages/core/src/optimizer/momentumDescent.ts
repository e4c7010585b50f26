import { knownOptions } from "../check/knownKeys.js";
import { requireBoolean } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { lp } from "../norm/lp.js";
import { type Norm, normPart } from "../norm/norm.js";
import { recorded } from "../recipe/recipe.js";
import type { OptimizerMember } from "./member.js";
import { momentum as momentumMemory } from "./memory/momentum.js";
import { normedDescent } from "./normedDescent.js";
import type { Optimizer } from "./optimizer.js";

export interface MomentumDescentOptions {
  readonly norm: Norm;
  /** μ in [0, 1). */
  readonly momentum: number;
  readonly nesterov: boolean;
}

/**
 * Normalised steepest descent along an average of gradients: MomentumGD in ℓ2, Signum in ℓ∞, Muon in the spectral norm.
 *
 *   m ← μ m + (1 - μ) ∇R,  θ ← θ + η lmo(m)      Nesterov: lmo(μ m + (1 - μ) ∇R)
 *
 * Momentum 0 is normalised steepest descent, bit for bit.
 * Source: Tsilivis et al., JMLR 27 (2026), section on momentum; Bernstein & Newhouse, arXiv:2409.20325.
 *
 * @param options  the norm, momentum μ in [0, 1), and whether the direction is taken of Nesterov's combination
 * @returns an optimiser whose own norm is `options.norm`, with steps of length η
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function momentumDescent(options: MomentumDescentOptions): Optimizer {
  const { norm, momentum, nesterov } = knownOptions("momentumDescent", options, { norm: true, momentum: true, nesterov: true });
  requirePart("momentumDescent.norm", norm, normPart);
  requireBoolean("nesterov", nesterov);
  const optimizer = normedDescent({
    id: "momentum",
    norm,
    memory: momentumMemory({ momentum, accumulate: "average", nesterov }),
    normalized: true,
    expectation: { margin: norm, source: "Tsilivis et al., JMLR 27 (2026), for steepest descent with momentum", grows: true },
  });
  return recorded("momentumDescent", [{ norm, momentum, nesterov }], optimizer);
}

export const momentumMember: OptimizerMember = {
  factory: "momentumDescent",
  make: momentumDescent,
  title: "momentum",
  examples: () => ({ momentum: momentumDescent({ norm: lp(3), momentum: 0.9, nesterov: true }) }),
};
