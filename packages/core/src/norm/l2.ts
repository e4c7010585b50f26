import { bytes } from "@steepest/kernels";
import { upward } from "../number/upward.js";
import { euclidean, euclideanLmo, euclideanProjection, euclideanProx } from "./euclidean.js";
import type { Norm } from "./norm.js";
import { l2Class, projectL2 } from "./pytorch/entrywise.js";
import { bracketOf, rootOf } from "./rootOf.js";
import { derivativeOnEuclideanBall } from "./simpleDerivatives.js";

/**
 * ℓ2 norm, its own dual; on matrices the Frobenius norm. Steepest descent in this norm is gradient descent.
 *
 *   ||θ|| = √Σᵢ θᵢ²      ||g||_* = ||g||      lmo(g) = -g / ||g||
 *
 * Tie rule: lmo(0) = 0. Squares are taken of 2ᵏ θ with k chosen so that nothing overflows and nothing that matters underflows.
 * Source: arXiv:2410.22069 §2.
 */
export const l2: Norm = {
  id: "l2",
  get dual() {
    return l2;
  },
  dependsOnPosition: false,
  facts: {
    symbol: "ℓ2",
    paperMargin: { symbol: "γ₂", name: "ℓ2 margin" },
    descent: "gradient descent",
    invariances: ["signs", "permutations", "leftOrthogonal", "rightOrthogonal", "orthogonal"],
    pytorch: { class: l2Class, name: "L2", projection: { function: projectL2, name: "project_l2" } },
  },
  projectWeightedBall: (x, d, out, radius) => {
    // uᵢ = xᵢ / (1 + λ dᵢ²), with the λ at which ||D u||₂ = radius; of x / maxᵢ |dᵢ xᵢ|, so that no square leaves the range
    const largest = x.reduce((top, xi, i) => Math.max(top, Math.abs(xi * d[i]!)), 0);
    const length = (lambda: number): number => {
      const sum = x.reduce((total, xi, i) => {
        const v = (xi * d[i]!) / largest / (1 + lambda * d[i]! * d[i]!);
        return total + v * v;
      }, 0);
      return Math.sqrt(sum);
    };
    if (radius === 0) {
      out.fill(0);
      return;
    }
    const excess = (lambda: number): number => length(lambda) - radius / largest;
    const { low, high } = bracketOf(excess);
    const lambda = rootOf(excess, low, high);
    for (let i = 0; i < x.length; i++) out[i] = x[i]! / (1 + lambda * d[i]! * d[i]!);
  },
  proxWeighted: (x, d, out, t) => {
    // uᵢ = xᵢ / (1 + c dᵢ²), with the c at which c ||D u||₂ = t
    const most = x.reduce((top, xi, i) => Math.max(top, Math.abs(xi / d[i]!)), 0);
    const restNorm = (c: number): number => {
      const sum = x.reduce((total, xi, i) => {
        const v = xi / d[i]! / most / (1 + 1 / (c * d[i]! * d[i]!));
        return total + v * v;
      }, 0);
      return Math.sqrt(sum);
    };
    if (!(t < most * restNorm(Infinity))) {
      for (let i = 0; i < x.length; i++) out[i] = x[i]! * 0; // NaN where x is not finite
      return;
    }
    const lack = (c: number): number => t / most - restNorm(c);
    const { low, high } = bracketOf(lack);
    const c = rootOf(lack, low, high);
    for (let i = 0; i < x.length; i++) out[i] = x[i]! / (1 + c * d[i]! * d[i]!);
  },
  strictlyConvex: true,
  boundByCones: (program, entries, _shape, limit) => {
    program.rootWithin(entries, limit);
    return true;
  },
  euclideanDiagonal: ({ length }) => new Float64Array(length).fill(1),
  scratch: () => bytes(0),
  bind: (kernels) => ({
    norm: (x) => euclidean(kernels, x.ptr, x.length),
    upperBound: (x) => upward(euclidean(kernels, x.ptr, x.length), x.length + 4),
    dualityMap: (g, out) => kernels.scale(g.ptr, out.ptr, g.length, -1),
    lmo: (g, out) => euclideanLmo(kernels, g.ptr, out.ptr, g.length),
    projectBall: (x, out, radius) => euclideanProjection(kernels, x.ptr, out.ptr, x.length, radius),
    projectionDerivative: (x, radius) => derivativeOnEuclideanBall(x.view, radius),
    shrunkBySquare: (x) => {
      const value = euclidean(kernels, x.ptr, x.length);
      return (c) => value / (1 + c);
    },
    prox: (x, out, t) => euclideanProx(kernels, x.ptr, out.ptr, x.length, t),
    rankOne: {
      rowValue: (_block, _side, x, out, rows, columns) => kernels.rowSumSquares(x, out, rows, columns),
      combine: (total, value) => total + value,
      finish: Math.sqrt,
    },
  }),
};
