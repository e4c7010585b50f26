import type { Kernels, Pointer, Span } from "@steepest/kernels";

const safeSmall = 2 ** -900; // a sum of squares from here to safeLarge has lost nothing that matters to underflow or overflow
const safeLarge = 2 ** 1000;
const scaleUp = 2 ** 700;
const scaleDown = 2 ** -700;

export interface ScaledEuclidean {
  /** A power of two; 1 for everyday magnitudes. */
  readonly scale: number;
  /** ||scale x||₂ */
  readonly scaledNorm: number;
}

/** The Euclidean norm of f64[length] at `x`, scaled so that no square leaves the range; everyday magnitudes cost one pass. */
export function scaledEuclidean(kernels: Kernels, x: Pointer, length: number): ScaledEuclidean {
  const plain = kernels.sumSquares(x, length, 1);
  if ((plain > safeSmall && plain < safeLarge) || Number.isNaN(plain)) return { scale: 1, scaledNorm: Math.sqrt(plain) };
  const largest = kernels.maxAbs(x, length);
  if (largest === 0 || !(largest < Infinity)) return { scale: 1, scaledNorm: largest };
  const scale = largest < 1 ? scaleUp : scaleDown;
  return { scale, scaledNorm: Math.sqrt(kernels.sumSquares(x, length, scale)) };
}

export function euclidean(kernels: Kernels, x: Pointer, length: number): number {
  const { scale, scaledNorm } = scaledEuclidean(kernels, x, length);
  return scaledNorm / scale;
}

/** out ← -x / ||x||₂, 0 for x = 0. `out` may be `x`. */
export function euclideanLmo(kernels: Kernels, x: Pointer, out: Pointer, length: number): void {
  const { scale, scaledNorm } = scaledEuclidean(kernels, x, length);
  kernels.lmoL2(x, out, length, scale, scaledNorm);
}

/** out ← the projection of x onto {||u||₂ <= radius}. `out` may be `x`. */
export function euclideanProjection(kernels: Kernels, x: Pointer, out: Pointer, length: number, radius: number): void {
  const { scale, scaledNorm } = scaledEuclidean(kernels, x, length);
  if (scaledNorm / scale <= radius) kernels.scale(x, out, length, 1);
  else kernels.projectL2(x, out, length, scale, scaledNorm, radius);
}

/** out ← x (1 - t / ||x||₂), 0 where ||x||₂ <= t: the proximal point of t ||·||₂. `out` may be `x`. */
export function euclideanProx(kernels: Kernels, x: Pointer, out: Pointer, length: number, t: number): void {
  const value = euclidean(kernels, x, length);
  euclideanProjection(kernels, x, out, length, value <= t ? 0 : value - t);
}

/** A power of two that lifts a vector of tiny entries to where its norms have all their digits; 1 for everyday magnitudes. */
export function comparableScale(kernels: Kernels, x: Span): number {
  const largest = kernels.maxAbs(x.ptr, x.length);
  return largest > 0 && largest < 2 ** -900 ? scaleUp : 1;
}
