import type { PoolingKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";

export function meanKernels({ f64 }: Memory): Pick<PoolingKernels, "meanForward" | "meanBackward"> {
  return {
    meanForward(x, z, n, units, pieces) {
      for (let unit = 0; unit < n * units; unit++) {
        const from = (x >>> 3) + unit * pieces;
        let sum = 0;
        for (let i = from; i < from + pieces; i++) sum += f64[i]!;
        f64[(z >>> 3) + unit] = sum / pieces;
      }
    },
    meanBackward(dz, dx, n, units, pieces) {
      for (let unit = 0; unit < n * units; unit++) {
        const to = (dx >>> 3) + unit * pieces;
        f64.fill(f64[(dz >>> 3) + unit]! / pieces, to, to + pieces);
      }
    },
  };
}
