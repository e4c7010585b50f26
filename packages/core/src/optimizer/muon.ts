import { knownOptions } from "../check/knownKeys.js";
import { requireBoolean, requireOneOf } from "../check/require.js";
import { directionOf } from "../direction/directionOf.js";
import type { DirectionExpression } from "../direction/expression.js";
import { directionForms } from "../direction/registry.js";
import { scaledBlocks } from "../direction/scaledBlocks.js";
import { byShape } from "../norm/byShape.js";
import { maxOf } from "../norm/combine.js";
import type { MatrixBlock, Norm } from "../norm/norm.js";
import { spectral } from "../norm/spectralAndNuclear.js";
import { recorded } from "../recipe/recipe.js";
import type { OptimizerMember } from "./member.js";
import { momentum as momentumMemory } from "./memory/momentum.js";
import { normedDescent } from "./normedDescent.js";
import type { Optimizer } from "./optimizer.js";

export interface MuonOptions {
  /** μ in [0, 1). */
  readonly momentum: number;
  readonly nesterov: boolean;
  /**
   * "exact": the polar factor. "newtonSchulz": the five iterations of the published implementation, which only come near it. Others: an expression of
   * `directionForms`, such as { polarExpress: { steps: 5, lower: 1e-3 } } or { spectralPower: 0.5 }.
   */
  readonly orthogonalization: DirectionExpression;
  /**
   * Length of a step of size η = 1 of an m x n matrix. "spectral": 1 in spectral norm, or in the norm of the direction, ℓ∞ for signs. "aspect": √max(1, m / n), as in the reference
   * implementation. "rms": 0.2 √max(m, n), so that entries move by 0.2 in root mean square, as AdamW's do.
   */
  readonly scale: keyof typeof scales;
}

const scales: Readonly<Record<"spectral" | "aspect" | "rms", (block: MatrixBlock) => number>> = {
  spectral: () => 1,
  aspect: ({ rows, columns }) => Math.sqrt(Math.max(1, rows / columns)),
  rms: ({ rows, columns }) => 0.2 * Math.sqrt(Math.max(rows, columns)),
};

/** max over matrices of ||Wₗ|| / scale(Wₗ): the norm in which every step of Muon has length η. */
function scaledNorm(norm: Norm, scale: keyof typeof scales): Norm {
  if (scale === "spectral") return norm;
  return byShape(`${norm.id}/${scale}`, ({ blocks }) =>
    maxOf(
      blocks.map(() => norm),
      blocks.map((block) => 1 / scales[scale](block)),
    ),
  );
}

const steepestWithMomentum = "Tsilivis et al., JMLR 27 (2026), for steepest descent with momentum in the spectral norm";

/**
 * Muon: momentum, orthogonalised matrix by matrix; layers that are one row are normalised.
 *
 *   b ← μ b + ∇R,  u = ∇R + μ b (Nesterov) or b,  W ← W - η scale(W) U Vᵀ,  u = U Σ Vᵀ
 *
 * Momentum 0 with the exact factor and spectral scale is normalised spectral descent, bit for bit.
 * Source: K. Jordan et al., Muon (2024); Liu et al., arXiv:2502.16982, for the scale "rms".
 *
 * @param options  momentum μ in [0, 1), Nesterov's form or not, the orthogonalisation, and the scale of a step
 * @returns an optimiser whose own norm is max over matrices of σ₁(Wₗ) / scale(Wₗ), or of max |Wₗ| / scale(Wₗ) for signs
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function muon(options: MuonOptions): Optimizer {
  const { momentum, nesterov, orthogonalization, scale } = knownOptions("muon", options, {
    momentum: true,
    nesterov: true,
    orthogonalization: ["ns_steps", "steps", "backend"],
    scale: ["adjust_lr_fn"],
  });
  requireBoolean("nesterov", nesterov);
  requireOneOf("scale", scale, ["spectral", "aspect", "rms"]);
  const direction = directionOf(orthogonalization, "orthogonalization");
  const norm = scaledNorm(direction.norm ?? spectral, scale);
  const optimizer = normedDescent({
    id: "muon",
    norm,
    memory: momentumMemory({ momentum, accumulate: "sum", nesterov }),
    direction: scaledBlocks(direction, scales[scale]),
    normalized: true,
    expectation:
      direction.expected === undefined
        ? { margin: norm, source: steepestWithMomentum, grows: true }
        : { margin: undefined, source: direction.expected },
  });
  return recorded("muon", [{ momentum, nesterov, orthogonalization, scale }], optimizer);
}

/** Options of the examples. */
export const someMuon: MuonOptions = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" };

export const muonMember: OptimizerMember = {
  factory: "muon",
  make: muon,
  title: "Muon",
  examples: () => ({
    muon: muon(someMuon),
    "muon, Newton-Schulz": muon({ ...someMuon, orthogonalization: "newtonSchulz", scale: "rms" }),
    ...Object.fromEntries(
      directionForms.map(({ key, example }) => [`muon, ${key}`, muon({ ...someMuon, orthogonalization: example, scale: "aspect" })]),
    ),
  }),
};
