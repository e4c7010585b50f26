import type { NormFactory } from "./norm.js";

/**
 * ℓ∞ norm. Steepest descent in this norm is sign descent.
 *
 *   ||θ|| = maxᵢ |θᵢ|      ||g||_* = Σᵢ |gᵢ|      lmo(g)ᵢ = -sign(gᵢ)
 *
 * Tie rule: gᵢ = 0 gives 0, hence lmo(0) = 0.
 * Source: arXiv:2410.22069 §2; Boyd & Vandenberghe, Convex Optimization, §9.4.
 */
export const linf: NormFactory = (kernels) => ({
  id: "linf",
  norm: (x) => kernels.maxAbs(x.ptr, x.length),
  dualNorm: (g) => kernels.sumAbs(g.ptr, g.length),
  lmo: (g, out) => kernels.lmoLinf(g.ptr, out.ptr, g.length),
  projectBall: (x, out, radius) => kernels.projectLinf(x.ptr, out.ptr, x.length, radius),
  rankOne: {
    rowValue: (x, out, rows, columns) => kernels.rowSumAbs(x, out, rows, columns),
    combine: (total, block) => total + block,
    finish: (total) => total,
  },
});
