import { bytes, type Kernels, type Span } from "@steepest/kernels";
import { upward } from "../number/upward.js";
import type { Norm } from "./norm.js";
import {
  clipped as clippedInPython,
  l1Class,
  linfClass,
  nearTies as nearTiesInPython,
  projectL1,
  projectLinf,
} from "./pytorch/entrywise.js";
import { rootOf } from "./rootOf.js";
import { derivativeOnBox, derivativeOnL1Ball } from "./simpleDerivatives.js";
import { projectOntoWeightedL1, weightedThreshold } from "./weightedL1.js";

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
  facts: {
    symbol: "ℓ∞",
    paperMargin: { symbol: "γ₁", name: "ℓ1 margin" },
    descent: "sign descent",
    invariances: ["signs", "permutations"],
    pytorch: {
      class: linfClass,
      name: "Linf",
      smoothing: { function: clippedInPython, name: "clipped" },
      projection: { function: projectLinf, name: "project_linf" },
    },
  },
  smoothDirection: clipped,
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
  boundLinearly: (program, entries, _shape, limit) => {
    program.eachWithin(entries, limit);
    return true;
  },
  scratch: ({ length }) => bytes(8 * length),
  bind: (kernels, _shape, { ptr: scratch }) => ({
    norm: (x) => kernels.maxAbs(x.ptr, x.length),
    upperBound: (x) => kernels.maxAbs(x.ptr, x.length),
    lmo: (g, out) => kernels.lmoLinf(g.ptr, out.ptr, g.length),
    projectBall: (x, out, radius) => kernels.projectLinf(x.ptr, out.ptr, x.length, radius),
    projectionDerivative: (x, radius) => derivativeOnBox(x.view, radius),
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
  facts: {
    symbol: "ℓ1",
    paperMargin: { symbol: "γ∞", name: "ℓ∞ margin" },
    descent: "coordinate descent",
    invariances: ["signs", "permutations"],
    pytorch: {
      class: l1Class,
      name: "L1",
      smoothing: { function: nearTiesInPython, name: "near_ties" },
      projection: { function: projectL1, name: "project_l1" },
    },
  },
  smoothDirection: nearTies,
  projectWeightedBall: projectOntoWeightedL1,
  boundLinearly: (program, entries, _shape, limit) => {
    program.sumWithin(entries, limit);
    return true;
  },
  scratch: ({ length }) => bytes(8 * length),
  bind: (kernels, _shape, { ptr: scratch }) => ({
    norm: (x) => kernels.sumAbs(x.ptr, x.length),
    upperBound: (x) => upward(kernels.sumAbs(x.ptr, x.length), x.length + 2),
    lmo: (g, out) => kernels.lmoL1(g.ptr, out.ptr, g.length),
    projectBall: (x, out, radius) => kernels.projectL1(x.ptr, out.ptr, x.length, radius, scratch),
    projectionDerivative: (x, radius) => derivativeOnL1Ball(x.view, radius),
    rankOne: {
      rowValue: (_block, _side, x, out, rows, columns) => kernels.rowSumAbs(x, out, rows, columns),
      combine: (total, value) => total + value,
      finish: (total) => total,
    },
  }),
};

/** uⱼ = sign(dⱼ) wⱼ / Σ w,  wⱼ = max(|dⱼ| - (1 - delta), 0): all coordinates that nearly tie. */
function nearTies(kernels: Kernels, d: Span, out: Span, delta: number): void {
  const n = d.length;
  kernels.projectLinf(d.ptr, out.ptr, n, 1 - delta);
  kernels.axpby(d.ptr, out.ptr, n, 1, -1);
  kernels.projectL2(out.ptr, out.ptr, n, 1, kernels.sumAbs(out.ptr, n), 1); // out / sum
}

/** u = clip(d / τ, -1, 1),  τ <= 1 the largest with Σⱼ |dⱼ| min(1, |dⱼ| / τ) >= (1 - delta) ||d||₁: small entries move less. */
function clipped(kernels: Kernels, d: Span, out: Span, delta: number): void {
  const n = d.length;
  const wanted = (1 - delta) * kernels.sumAbs(d.ptr, n);
  const surplus = (tau: number): number => {
    kernels.projectLinf(d.ptr, out.ptr, n, tau);
    return kernels.dot(d.ptr, out.ptr, n) / tau - wanted;
  };
  const tau = surplus(1) >= 0 ? 1 : rootOf(surplus, 2 ** -60, 1);
  kernels.projectLinf(d.ptr, out.ptr, n, tau);
  kernels.projectL2(out.ptr, out.ptr, n, 1, tau, 1); // out / τ, which is 1 where it was clipped
}
