import type { LayerKernels } from "@steepest/kernels";
import { gemm } from "../matrix/gemm.js";
import type { Operand } from "../matrix/pack.js";
import type { Memory } from "../memory.js";

/** An operand whose vectors are the rows of a row-major matrix. */
const rowsOf = (offset: number, columns: number): Operand => ({ offset, vectorStride: columns, stepStride: 1 });
/** An operand whose vectors are the columns of a row-major matrix. */
const columnsOf = (offset: number, columns: number): Operand => ({ offset, vectorStride: 1, stepStride: columns });

type DenseKernels = Pick<LayerKernels, "denseForward" | "denseInputGradient" | "denseWeightGradient">;

export function denseKernels({ f64 }: Memory): DenseKernels {
  return {
    denseForward(x, w, z, n, inputs, outputs, scratch) {
      const a = rowsOf(x >>> 3, inputs);
      const b = rowsOf(w >>> 3, inputs);
      gemm(f64, { a, b, c: z >>> 3, m: n, n: outputs, k: inputs, scratch: scratch >>> 3 });
    },
    denseInputGradient(dz, w, dx, n, inputs, outputs, scratch) {
      const a = rowsOf(dz >>> 3, outputs);
      const b = columnsOf(w >>> 3, inputs);
      gemm(f64, { a, b, c: dx >>> 3, m: n, n: inputs, k: outputs, scratch: scratch >>> 3 });
    },
    denseWeightGradient(x, dz, dw, n, inputs, outputs, scratch) {
      const a = columnsOf(dz >>> 3, outputs);
      const b = columnsOf(x >>> 3, inputs);
      gemm(f64, { a, b, c: dw >>> 3, m: outputs, n: inputs, k: n, scratch: scratch >>> 3 });
    },
  };
}
