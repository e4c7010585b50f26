import type { NormFactory } from "./norm.js";

/**
 * ℓ1 norm. Steepest descent in this norm is coordinate descent.
 *
 *   ||θ|| = Σᵢ |θᵢ|      ||g||_* = maxᵢ |gᵢ|      lmo(g) = -sign(gⱼ) eⱼ, j = argmaxᵢ |gᵢ|
 *
 * Tie rule: the lowest index; lmo(0) = 0.
 * Source: arXiv:2410.22069 §2; Boyd & Vandenberghe, Convex Optimization, §9.4.
 */
export const l1: NormFactory = (kernels) => ({
  id: "l1",
  norm: (x) => kernels.sumAbs(x.ptr, x.length),
  dualNorm: (g) => kernels.maxAbs(g.ptr, g.length),
  lmo: (g, out) => kernels.lmoL1(g.ptr, out.ptr, g.length),
  projectBall: (x, out, radius, scratch) => kernels.projectL1(x.ptr, out.ptr, x.length, radius, scratch.ptr),
  rankOne: {
    rowValue: (x, out, rows, columns) => kernels.rowMaxAbs(x, out, rows, columns),
    combine: (total, block) => Math.max(total, block),
    finish: (total) => total,
  },
});
