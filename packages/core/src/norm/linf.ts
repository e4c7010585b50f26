import { l1 } from "./l1.js";
import type { Norm } from "./norm.js";
import { weightedThreshold } from "./weightedL1.js";

/**
 * ℓ∞ norm. Steepest descent in this norm is sign descent.
 *
 *   ||θ|| = maxᵢ |θᵢ|      ||g||_* = Σᵢ |gᵢ|      lmo(g)ᵢ = -sign(gᵢ)
 *
 * Tie rule: gᵢ = 0 gives 0, hence lmo(0) = 0.
 * Source: arXiv:2410.22069 §2; Boyd & Vandenberghe, Convex Optimization, §9.4.
 */
export const linf: Norm = {
  id: "linf",
  get dual() {
    return l1;
  },
  dependsOnPosition: false,
  projectWeightedBall: (x, d, out, radius) => {
    for (let i = 0; i < x.length; i++) out[i] = Math.min(Math.max(x[i]!, -radius / d[i]!), radius / d[i]!);
  },
  proxWeighted: (x, d, out, t) => {
    const level = Math.max(
      weightedThreshold(
        x,
        d.map((value) => 1 / value),
        t,
      ),
      0,
    );
    for (let i = 0; i < x.length; i++) out[i] = Math.min(Math.max(x[i]!, -level / d[i]!), level / d[i]!);
  },
  scratchBytes: ({ length }) => 8 * length,
  bind: (kernels, _shape, scratch) => ({
    norm: (x) => kernels.maxAbs(x.ptr, x.length),
    lmo: (g, out) => kernels.lmoLinf(g.ptr, out.ptr, g.length),
    projectBall: (x, out, radius) => kernels.projectLinf(x.ptr, out.ptr, x.length, radius),
    prox: (x, out, t) => {
      // entries are clipped at what the largest keeps, so that those clipped are equal
      kernels.projectL1(x.ptr, out.ptr, x.length, t, scratch);
      kernels.projectLinf(x.ptr, out.ptr, x.length, kernels.maxAbs(x.ptr, x.length) - kernels.maxAbs(out.ptr, x.length));
    },
    rankOne: {
      rowValue: (_block, _side, x, out, rows, columns) => kernels.rowMaxAbs(x, out, rows, columns),
      combine: (total, value) => Math.max(total, value),
      finish: (total) => total,
    },
  }),
};
