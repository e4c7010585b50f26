import { sparsePanel } from "../matrix/blocking";
import { packSlices16, packStrands16 } from "../matrix/pack";
import { sparseRows } from "../matrix/sparseRows";
import { unpackRows, unpackStrands } from "../matrix/unpack";

/*
 * Scratch of both products: one packed panel of the dense operand f64[⋯][16], one panel of results f64[⋯][16], one int32 cursor per sparse row.
 * A compressed matrix is uint32[3]: pointers to start, index and value.
 */

/**
 * sparseForward: z[n][out] ← x · w[out][in]ᵀ with x in compressed sparse rows; the bits of `denseForward` for finite operands, because a zero that is
 * skipped would have added a zero to a sum that is never -0. z overlaps no input; scratch as `sparseScratchBytes` says.
 */
export function sparseForward(csr: usize, w: usize, z: usize, n: i32, inputs: i32, outputs: i32, scratch: usize): void {
  const weights = scratch;
  const result = weights + ((<usize>inputs) << 7);
  const cursor = result + ((<usize>n) << 7);
  const start = load<u32>(csr);
  const index = load<u32>(csr, 4);
  const value = load<u32>(csr, 8);
  const strand = (<usize>inputs) << 3;
  const stride = (<usize>outputs) << 3;

  for (; outputs > 0; outputs -= sparsePanel, w += strand * sparsePanel, z += sparsePanel << 3) {
    const width = min(outputs, sparsePanel);
    packStrands16(w, strand, width, inputs, weights);
    if (width == sparsePanel) {
      sparseRows(start, index, value, n, inputs, weights, z, stride, cursor);
    } else {
      sparseRows(start, index, value, n, inputs, weights, result, 128, cursor);
      unpackRows(result, n, width, z, stride);
    }
  }
}

/**
 * sparseWeightGradient: dw[out][in] ← dz[n][out]ᵀ · x with x in compressed sparse columns; the bits of `denseWeightGradient` for finite operands.
 * dw overlaps no input; scratch as `sparseScratchBytes` says.
 */
export function sparseWeightGradient(csc: usize, dz: usize, dw: usize, n: i32, inputs: i32, outputs: i32, scratch: usize): void {
  const delta = scratch;
  const result = delta + ((<usize>n) << 7);
  const cursor = result + ((<usize>inputs) << 7);
  const start = load<u32>(csc);
  const index = load<u32>(csc, 4);
  const value = load<u32>(csc, 8);
  const strand = (<usize>inputs) << 3;
  const stride = (<usize>outputs) << 3;

  for (; outputs > 0; outputs -= sparsePanel, dz += sparsePanel << 3, dw += strand * sparsePanel) {
    const width = min(outputs, sparsePanel);
    packSlices16(dz, stride, width, n, delta);
    sparseRows(start, index, value, inputs, n, delta, result, 128, cursor);
    unpackStrands(result, inputs, width, dw, strand);
  }
}
