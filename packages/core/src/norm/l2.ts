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

const safeSmall = 2 ** -900; // a sum of squares from here to safeLarge has lost nothing that matters to underflow or overflow
const safeLarge = 2 ** 1000;
const scaleUp = 2 ** 700;
const scaleDown = 2 ** -700;

/** ||scale x||₂ with a power of two `scale` that keeps the squares in range; scale is 1 for everyday magnitudes, which cost one pass. */
function scaledEuclidean(kernels: Kernels, x: Span): { scale: number; scaledNorm: number } {
  const plain = kernels.sumSquares(x.ptr, x.length, 1);
  if ((plain > safeSmall && plain < safeLarge) || Number.isNaN(plain)) return { scale: 1, scaledNorm: Math.sqrt(plain) };
  const largest = kernels.maxAbs(x.ptr, x.length);
  if (largest === 0 || !(largest < Infinity)) return { scale: 1, scaledNorm: largest };
  const scale = largest < 1 ? scaleUp : scaleDown;
  return { scale, scaledNorm: Math.sqrt(kernels.sumSquares(x.ptr, x.length, scale)) };
}
