import { knownOptions } from "../check/knownKeys.js";
import { requirePositive } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { scaledBlocks } from "../direction/scaledBlocks.js";
import { steepest } from "../direction/steepest.js";
import { maxOf } from "../norm/combine.js";
import { type Norm, normPart } from "../norm/norm.js";
import { norms } from "../norm/registry.js";
import { recorded } from "../recipe/recipe.js";
import { decoupledDecay } from "./decoupledDecay.js";
import type { OptimizerMember } from "./member.js";
import { momentum as momentumMemory } from "./memory/momentum.js";
import { normedDescent } from "./normedDescent.js";
import type { Optimizer } from "./optimizer.js";

export interface ScionOptions {
  /** One norm per layer, such as `maxOf([colMax, spectral, linf], [1 / ρ₁, 1 / ρ₂, 1 / ρ₃])`: the weights are the inverse radii of the layers. */
  readonly norm: Norm;
  /** μ in [0, 1) of the averaged gradient. */
  readonly momentum: number;
  /** ρ: the iterates stay in the ball ||θ|| <= ρ once they are in it; steps must be at most 1. Absent: unconstrained. */
  readonly radius?: number;
}

/**
 * Scion: steps along the linear minimisation oracle of a norm per layer.
 *
 *   m ← μ m + (1 - μ) ∇R
 *   unconstrained: θ ← θ + η lmo(m)      constrained: θ ← (1 - η) θ + η ρ lmo(m), a Frank-Wolfe step in the ball of radius ρ
 *
 * Source: Pethick et al., arXiv:2502.07529.
 *
 * @param options  the norm, momentum μ in [0, 1), and the radius ρ > 0 of the ball if the iterates are constrained
 * @returns an optimiser whose own norm is `options.norm`
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function scion(options: ScionOptions): Optimizer {
  const { norm, momentum, radius } = knownOptions("scion", options, { norm: true, momentum: true, radius: true });
  requirePart("scion.norm", norm, normPart);
  const free = (length: number): Optimizer =>
    normedDescent({
      id: "scion",
      norm,
      memory: momentumMemory({ momentum, accumulate: "average", nesterov: false }),
      direction: scaledBlocks(steepest(norm), () => length),
      normalized: true,
      expectation: { margin: norm, source: "Tsilivis et al., JMLR 27 (2026), for steepest descent with momentum", grows: true },
    });
  if (radius === undefined) return recorded("scion", [{ norm, momentum }], free(1));
  requirePositive("radius", radius);
  const toTheSphere = { ...free(radius), unitLength: radius };
  const inBall = decoupledDecay(toTheSphere, 1, {
    margin: undefined,
    boundsParameters: true,
    source: "the ball bounds θ, so the risk does not vanish and margin theory is silent; the limit is a KKT point of the risk in the ball",
  });
  return recorded("scion", [{ norm, momentum, radius }], { ...inBall, id: "scion" });
}

export const scionMember: OptimizerMember = {
  factory: "scion",
  make: scion,
  title: "Scion",
  examples: () => ({
    scion: scion({ norm: maxOf([norms.colMax, norms.linf], [1, 2]), momentum: 0.9 }),
    "scion in a ball": scion({ norm: norms.spectral, momentum: 0.9, radius: 3 }),
  }),
};
