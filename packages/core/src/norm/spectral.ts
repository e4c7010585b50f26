import type { Span } from "@steepest/kernels";
import type { Norm } from "./norm.js";
import { nuclear } from "./nuclear.js";
import { singularScratchBytes, singularValueCalculus } from "./singular.js";

/**
 * Spectral norm: the largest singular value; on several matrices the largest of all. Steepest descent in this norm is spectral descent, Shampoo
 * without accumulation, and Muon without momentum and with an exact polar factor.
 *
 *   ||θ|| = maxₗ σ₁(Wₗ)      ||G||_* = Σₗ Σᵢ σᵢ(Gₗ)      lmo(G)ₗ = -U Vᵀ
 *
 * Tie rule: null directions (σᵢ <= max(m, n) ε σ₁ of their block) give 0, so the direction is a partial isometry; lmo(0) = 0.
 * Source: Tsilivis et al., JMLR 27 (2026), section 3; Bernstein & Newhouse, arXiv:2409.20325.
 */
export const spectral: Norm = {
  id: "spectral",
  get dual() {
    return nuclear;
  },
  dependsOnPosition: false,
  scratchBytes: singularScratchBytes,
  bind: (kernels, shape, scratch) => {
    const svd = singularValueCalculus(kernels, shape, scratch);
    const { blocks } = shape;
    const decreasing = (x: Span): number[] =>
      blocks.flatMap((block) => [...svd.values(x.ptr + 8 * block.offset, block)]).sort((a, b) => b - a);
    /** out ← x with its singular values clipped at `most`. */
    const clip = (x: Span, out: Span, most: number): void => {
      kernels.scale(x.ptr, out.ptr, x.length, 1);
      for (const block of blocks) {
        const { sigma } = svd.decompose(x.ptr + 8 * block.offset, block);
        if (sigma.length === 0 || sigma[0]! <= most) continue;
        svd.assemble(
          out.ptr + 8 * block.offset,
          block,
          sigma.map((value) => Math.min(value, most)),
        );
      }
    };
    return {
      norm: (x) => blocks.reduce((largest, block) => Math.max(largest, svd.values(x.ptr + 8 * block.offset, block)[0] ?? 0), 0),
      lmo: (g, out) => {
        for (const block of blocks) {
          const { rank } = svd.decompose(g.ptr + 8 * block.offset, block);
          svd.assemble(out.ptr + 8 * block.offset, block, new Array<number>(rank).fill(-1));
        }
      },
      projectBall: clip,
      prox: (x, out, t) => clip(x, out, clippedAt(decreasing(x), t)),
      shrunkNorm: (x) => {
        const sigma = decreasing(x);
        return (s) => clippedAt(sigma, s);
      },
      rankOne: {
        rowValue: (_block, _side, x, out, rows, columns) => kernels.rowEuclidean(x, out, rows, columns),
        combine: (total, value) => Math.max(total, value),
        finish: (total) => total,
      },
    };
  },
};

/** The largest entry of prox(σ, s) of the ℓ∞ norm: τ >= 0 with Σᵢ max(σᵢ - τ, 0) = s, 0 from s = Σᵢ σᵢ on. `sigma` decreases. */
function clippedAt(sigma: readonly number[], s: number): number {
  let sum = 0;
  for (const [i, value] of sigma.entries()) {
    sum += value;
    const tau = (sum - s) / (i + 1);
    if (tau >= (sigma[i + 1] ?? -Infinity)) return Math.max(tau, 0);
  }
  return sigma.length === 0 ? 0 : Number.NaN;
}
