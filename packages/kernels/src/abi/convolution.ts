import type { Pointer } from "./pointer.js";

/** The sizes of a convolution and its scratch space, the last arguments of every kernel of it. */
export type ConvolutionArguments = readonly [
  n: number,
  channels: number,
  height: number,
  width: number,
  filters: number,
  size: number,
  stride: number,
  padding: number,
  scratch: Pointer,
];

/**
 * Convolutions without bias, as cross-correlations of images: x and dx f64[n][channels][height][width], z and dz f64[n][filters][rows][columns], w and dw
 * f64[filters][channels][size][size]; rows = ⌊(height + 2 padding - size) / stride⌋ + 1, or 0 where the filter is larger than the padded image, columns alike;
 * size and stride >= 1, padding >= 0. Image i, filter f, channel c; output (r, s) meets tap (v, u) at (stride r + v - padding, stride s + u - padding).
 *
 * Every entry is a sum of products, sequential from +0 in the index that its line names, each product and sum rounded separately. What lies outside of x or dz
 * counts as +0, so for finite operands it makes no difference. Outputs alias nothing. `scratch`: `conv2dScratchBytes` of the same sizes.
 */
export interface ConvolutionKernels {
  /** z[i][f][r][s] ← Σ x[i][c][stride r + v - padding][stride s + u - padding] w[f][c][v][u], sequential over (c, v, u). */
  conv2dForward(x: Pointer, w: Pointer, z: Pointer, ...sizes: ConvolutionArguments): void;
  /**
   * dx[i][c][y][x] ← Σ dz[i][f][(y + padding - v) / stride][(x + padding - u) / stride] w[f][c][v][u], sequential over (v, u, f), of those (v, u) whose
   * quotients are integers.
   */
  conv2dInputGradient(dz: Pointer, w: Pointer, dx: Pointer, ...sizes: ConvolutionArguments): void;
  /**
   * dw[f][c][v][u] ← Σ x[i][c][stride r + v - padding][stride s + u - padding] fl(coefficientsᵢ dz[i][f][r][s]), sequential over (i, r, s);
   * coefficients f64[n], or 0 in place of the address: all are 1.
   */
  conv2dWeightGradient(x: Pointer, dz: Pointer, coefficients: Pointer, dw: Pointer, ...sizes: ConvolutionArguments): void;
}
