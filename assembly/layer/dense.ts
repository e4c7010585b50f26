import { gemm, Layout } from "../matrix/gemm";
import { addRows, multiplyRows, outerProduct } from "../matrix/oneRow";

/**
 * denseForward: z[n][out] ← x[n][in] · w[out][in]ᵀ, sequential over `in`. z overlaps neither input; scratch as `denseScratchBytes` says.
 */
export function denseForward(x: usize, w: usize, z: usize, n: i32, inputs: i32, outputs: i32, scratch: usize): void {
  if (outputs == 1) multiplyRows(x, w, z, n, inputs);
  else gemm(Layout.NT, x, w, z, n, outputs, inputs, scratch);
}

/** denseInputGradient: dx[n][in] ← dz[n][out] · w[out][in], sequential over `out`; otherwise as `denseForward`. */
export function denseInputGradient(dz: usize, w: usize, dx: usize, n: i32, inputs: i32, outputs: i32, scratch: usize): void {
  if (outputs == 1) outerProduct(dz, w, dx, n, inputs);
  else gemm(Layout.NN, dz, w, dx, n, inputs, outputs, scratch);
}

/** denseWeightGradient: dw[out][in] ← dz[n][out]ᵀ · x[n][in], sequential over the samples; otherwise as `denseForward`. */
export function denseWeightGradient(x: usize, dz: usize, dw: usize, n: i32, inputs: i32, outputs: i32, scratch: usize): void {
  if (outputs == 1) addRows(dz, x, dw, n, inputs);
  else gemm(Layout.TN, dz, x, dw, outputs, inputs, n, scratch);
}
