import { knownOptions } from "../check/knownKeys.js";
import { requireBoolean, requireOneOf } from "../check/require.js";
import { newtonSchulz } from "../direction/newtonSchulz.js";
import { scaledBlocks } from "../direction/scaledBlocks.js";
import { steepest } from "../direction/steepest.js";
import { byShape } from "../norm/byShape.js";
import { maxOf } from "../norm/combine.js";
import type { MatrixBlock, Norm } from "../norm/norm.js";
import { spectral } from "../norm/spectralAndNuclear.js";
import { recorded } from "../recipe/recipe.js";
import type { OptimizerMember } from "./member.js";
import { momentum as momentumMemory } from "./memory/momentum.js";
import { normedDescent } from "./normedDescent.js";
import type { Expectation, Optimizer } from "./optimizer.js";

export interface MuonOptions {
  /** μ in [0, 1). */
  readonly momentum: number;
  readonly nesterov: boolean;
  /** "exact": the polar factor. "newtonSchulz": the five iterations of the published implementation, which only come near it. */
  readonly orthogonalization: "exact" | "newtonSchulz";
  /**
   * Length of a step of size η = 1 of an m x n matrix. "spectral": 1 in spectral norm. "aspect": √max(1, m / n), as in the reference
   * implementation. "rms": 0.2 √max(m, n), so that entries move by 0.2 in root mean square, as AdamW's do.
   */
  readonly scale: keyof typeof scales;
}

const scales: Readonly<Record<"spectral" | "aspect" | "rms", (block: MatrixBlock) => number>> = {
  spectral: () => 1,
  aspect: ({ rows, columns }) => Math.sqrt(Math.max(1, rows / columns)),
  rms: ({ rows, columns }) => 0.2 * Math.sqrt(Math.max(rows, columns)),
};

/** max over matrices of σ₁(Wₗ) / scale(Wₗ): the norm in which every step of Muon has length η. */
const scaledSpectral: Readonly<Record<keyof typeof scales, Norm>> = {
  spectral,
  aspect: byShape("spectral/aspect", ({ blocks }) => weightedMaximum(blocks, "aspect")),
  rms: byShape("spectral/rms", ({ blocks }) => weightedMaximum(blocks, "rms")),
};

function weightedMaximum(blocks: readonly MatrixBlock[], scale: keyof typeof scales): Norm {
  return maxOf(
    blocks.map(() => spectral),
    blocks.map((block) => 1 / scales[scale](block)),
  );
}

const expectations = (norm: Norm): Readonly<Record<MuonOptions["orthogonalization"], Expectation>> => ({
  exact: { margin: norm, source: "Tsilivis et al., JMLR 27 (2026), for steepest descent with momentum in the spectral norm", grows: true },
  newtonSchulz: {
    margin: undefined,
    source: "theory is about the exact polar factor; Newton-Schulz sends singular values into [0.68, 1.21], not to 1",
  },
});

/**
 * Muon: momentum, orthogonalised matrix by matrix; layers that are one row are normalised.
 *
 *   b ← μ b + ∇R,  u = ∇R + μ b (Nesterov) or b,  W ← W - η scale(W) U Vᵀ,  u = U Σ Vᵀ
 *
 * Momentum 0 with the exact factor and spectral scale is normalised spectral descent, bit for bit.
 * Source: K. Jordan et al., Muon (2024); Liu et al., arXiv:2502.16982, for the scale "rms".
 *
 * @param options  momentum μ in [0, 1), Nesterov's form or not, the orthogonalisation, and the scale of a step
 * @returns an optimiser whose own norm is max over matrices of σ₁(Wₗ) / scale(Wₗ)
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
  requireOneOf("orthogonalization", orthogonalization, ["exact", "newtonSchulz"]);
  requireOneOf("scale", scale, ["spectral", "aspect", "rms"]);
  const norm = scaledSpectral[scale];
  const direction = orthogonalization === "exact" ? steepest(spectral) : newtonSchulz;
  const optimizer = normedDescent({
    id: "muon",
    norm,
    memory: momentumMemory({ momentum, accumulate: "sum", nesterov }),
    direction: scaledBlocks(direction, scales[scale]),
    normalized: true,
    expectation: expectations(norm)[orthogonalization],
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
  }),
};
