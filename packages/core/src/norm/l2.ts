import type { Kernels, Span } from "@steepest/kernels";
import type { NormFactory } from "./norm.js";

/**
 * ℓ2 norm, its own dual. Steepest descent in this norm is gradient descent.
 *
 *   ||θ|| = √Σᵢ θᵢ²      ||g||_* = ||g||      lmo(g) = -g / ||g||
 *
 * Tie rule: lmo(0) = 0. Squares are taken of 2ᵏ θ with k chosen so that nothing overflows and nothing that matters underflows.
 * Source: arXiv:2410.22069 §2.
 */
export const l2: NormFactory = (kernels) => {
  const norm = (x: Span): number => {
    const { scale, scaledNorm } = scaledEuclidean(kernels, x);
    return scaledNorm / scale;
  };
  return {
    id: "l2",
    norm,
    dualNorm: norm,
    lmo: (g, out) => {
      const { scale, scaledNorm } = scaledEuclidean(kernels, g);
      kernels.lmoL2(g.ptr, out.ptr, g.length, scale, scaledNorm);
    },
    projectBall: (x, out, radius) => {
      const { scale, scaledNorm } = scaledEuclidean(kernels, x);
      if (scaledNorm / scale <= radius) kernels.scale(x.ptr, out.ptr, x.length, 1);
      else kernels.projectL2(x.ptr, out.ptr, x.length, scale, scaledNorm, radius);
    },
    rankOne: {
      rowValue: (x, out, rows, columns) => kernels.rowSumSquares(x, out, rows, columns),
      combine: (total, block) => total + block,
      finish: Math.sqrt,
    },
  };
};

const safeSmall = 2 ** -340; // squares of entries from here on, and sums of 2³¹ squares up to safeLarge, are normal numbers
const safeLarge = 2 ** 480;

/** ||scale x||₂ with a power of two `scale` that keeps the squares in range; scale is 1 for everyday magnitudes. */
function scaledEuclidean(kernels: Kernels, x: Span): { scale: number; scaledNorm: number } {
  const largest = kernels.maxAbs(x.ptr, x.length);
  const scale =
    largest === 0 || (largest > safeSmall && largest < safeLarge) || !(largest < Infinity) ? 1 : largest < 1 ? 2 ** 700 : 2 ** -700;
  return { scale, scaledNorm: Math.sqrt(kernels.sumSquares(x.ptr, x.length, scale)) };
}
