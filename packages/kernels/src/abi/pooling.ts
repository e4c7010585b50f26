import type { Pointer } from "./pointer.js";

/** The sizes of a pooling of images, the last arguments of its kernels. */
export type PoolingArguments = readonly [n: number, channels: number, height: number, width: number, size: number, stride: number];

/**
 * Pooling, of windows of images and of groups of entries. Images: x and dx f64[n][channels][height][width]; windows of size x size, `stride` apart, from the
 * upper left corner, so z and dz f64[n][channels][rows][columns] with rows = ⌊(height - size) / stride⌋ + 1, columns alike: what is left at the lower and
 * right edge is dropped; size <= height, width. Groups: x and dx f64[n][units][pieces], z and dz f64[n][units], pieces >= 1. Outputs alias nothing, unless
 * the contract says so.
 */
export interface PoolingKernels {
  /** z ← the largest entry of each window; of equal entries the first in row-major order, also for the sign of a zero. */
  maxPoolForward(x: Pointer, z: Pointer, ...sizes: PoolingArguments): void;
  /**
   * dx ← the sum of the dz of those windows whose first largest entry this is, windows in row-major order from +0; z from `maxPoolForward`.
   * Where z is NaN, the first NaN of the window gets NaN.
   */
  maxPoolBackward(x: Pointer, z: Pointer, dz: Pointer, dx: Pointer, ...sizes: PoolingArguments): void;
  /** z ← fl(sum / size²) of each window, the sum in row-major order from +0. */
  averagePoolForward(x: Pointer, z: Pointer, ...sizes: PoolingArguments): void;
  /** dx ← the sum of fl(dz / size²) of the windows that hold the entry, windows in row-major order from +0. */
  averagePoolBackward(dz: Pointer, dx: Pointer, ...sizes: PoolingArguments): void;
  /** z[n][units] ← the largest of x[n][units][pieces], pieces >= 1. Of equal pieces the first counts, also for the sign of a zero. */
  maxoutForward(x: Pointer, z: Pointer, n: number, units: number, pieces: number): void;
  /** dx[n][units][pieces] ← dz for the first largest piece of each unit, +0 for the others. Where z is NaN, the first NaN gets NaN. `dx` may be `x`. */
  maxoutBackward(x: Pointer, z: Pointer, dz: Pointer, dx: Pointer, n: number, units: number, pieces: number): void;
  /** z[n][units] ← fl(sum / pieces) of x[n][units][pieces], the sum sequential, pieces >= 1. */
  meanForward(x: Pointer, z: Pointer, n: number, units: number, pieces: number): void;
  /** dx[n][units][pieces] ← fl(dz / pieces), dz f64[n][units]. */
  meanBackward(dz: Pointer, dx: Pointer, n: number, units: number, pieces: number): void;
}
