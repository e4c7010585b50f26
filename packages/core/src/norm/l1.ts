import { linf } from "./linf.js";
import type { Norm } from "./norm.js";
import { rootOf } from "./rootOf.js";

/**
 * ℓ1 norm. Steepest descent in this norm is coordinate descent.
 *
 *   ||θ|| = Σᵢ |θᵢ|      ||g||_* = maxᵢ |gᵢ|      lmo(g) = -sign(gⱼ) eⱼ, j = argmaxᵢ |gᵢ|
 *
 * Tie rule: the lowest index; lmo(0) = 0.
 * Source: arXiv:2410.22069 §2; Boyd & Vandenberghe, Convex Optimization, §9.4.
 */
export const l1: Norm = {
  id: "l1",
  get dual() {
    return linf;
  },
  dependsOnPosition: false,
  projectWeightedBall: (x, d, out, radius) => {
    // uᵢ = sign(xᵢ) max(|xᵢ| - τ dᵢ, 0), with the τ at which Σ dᵢ |uᵢ| = radius
    const shrunk = (i: number, tau: number): number => Math.max(Math.abs(x[i]!) - tau * d[i]!, 0);
    const weight = (tau: number): number => d.reduce((sum, di, i) => sum + di * shrunk(i, tau), 0);
    const enough = x.reduce((largest, xi, i) => Math.max(largest, Math.abs(xi) / d[i]!), 0);
    const tau = rootOf((candidate) => weight(candidate) - radius, 0, enough);
    for (let i = 0; i < x.length; i++) out[i] = Math.sign(x[i]!) * shrunk(i, tau);
  },
  scratchBytes: ({ length }) => 8 * length,
  bind: (kernels, _shape, scratch) => ({
    norm: (x) => kernels.sumAbs(x.ptr, x.length),
    lmo: (g, out) => kernels.lmoL1(g.ptr, out.ptr, g.length),
    projectBall: (x, out, radius) => kernels.projectL1(x.ptr, out.ptr, x.length, radius, scratch),
    rankOne: {
      rowValue: (_block, _side, x, out, rows, columns) => kernels.rowSumAbs(x, out, rows, columns),
      combine: (total, value) => total + value,
      finish: (total) => total,
    },
  }),
};
