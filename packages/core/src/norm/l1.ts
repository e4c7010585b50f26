import { linf } from "./linf.js";
import type { Norm } from "./norm.js";
import { projectOntoWeightedL1 } from "./weightedL1.js";

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
  projectWeightedBall: projectOntoWeightedL1,
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
