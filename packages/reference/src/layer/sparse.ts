import type { LayerKernels, Pointer } from "@steepest/kernels";
import { packPanels } from "../matrix/pack.js";
import { type Compressed, panelWidth, sparseRows } from "../matrix/sparseRows.js";
import type { Memory } from "../memory.js";

type SparseKernels = Pick<LayerKernels, "sparseForward" | "sparseWeightGradient">;

export function sparseKernels({ f64, i32, u32 }: Memory): SparseKernels {
  const compressed = (header: Pointer): Compressed => ({
    start: u32[header >>> 2]! >>> 2,
    index: u32[(header >>> 2) + 1]! >>> 2,
    value: u32[(header >>> 2) + 2]! >>> 3,
  });
  return {
    sparseForward(csr, w, z, n, inputs, outputs, scratch) {
      const x = compressed(csr);
      const panel = scratch >>> 3;
      for (let j = 0; j < outputs; j += panelWidth) {
        const width = Math.min(outputs - j, panelWidth);
        packPanels(f64, { offset: (w >>> 3) + j * inputs, vectorStride: inputs, stepStride: 1 }, width, inputs, panelWidth, panel);
        sparseRows(f64, i32, x, n, panel, { out: (z >>> 3) + j, rowStride: outputs, columnStride: 1, width });
      }
    },
    sparseWeightGradient(csc, dz, dw, n, inputs, outputs, scratch) {
      const x = compressed(csc);
      const panel = scratch >>> 3;
      for (let j = 0; j < outputs; j += panelWidth) {
        const width = Math.min(outputs - j, panelWidth);
        packPanels(f64, { offset: (dz >>> 3) + j, vectorStride: 1, stepStride: outputs }, width, n, panelWidth, panel);
        sparseRows(f64, i32, x, inputs, panel, { out: (dw >>> 3) + j * inputs, rowStride: 1, columnStride: inputs, width });
      }
    },
  };
}
