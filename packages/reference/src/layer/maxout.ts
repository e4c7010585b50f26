import type { PoolingKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";

export function maxoutKernels({ f64 }: Memory): Pick<PoolingKernels, "maxoutForward" | "maxoutBackward"> {
  return {
    maxoutForward(x, z, n, units, pieces) {
      for (let unit = 0; unit < n * units; unit++) {
        const from = (x >>> 3) + unit * pieces;
        let best = f64[from]!;
        for (let i = from; i < from + pieces; i++) {
          const value = f64[i]!;
          if (value > best || Number.isNaN(value)) best = value;
        }
        f64[(z >>> 3) + unit] = best;
      }
    },
    maxoutBackward(x, z, dz, dx, n, units, pieces) {
      for (let unit = 0; unit < n * units; unit++) {
        const from = (x >>> 3) + unit * pieces;
        const best = f64[(z >>> 3) + unit]!;
        const first = f64.subarray(from, from + pieces).findIndex((value) => value === best || Number.isNaN(value));
        const to = (dx >>> 3) + unit * pieces;
        for (let i = 0; i < pieces; i++) f64[to + i] = 0;
        f64[to + first] = Number.isNaN(best) ? best : f64[(dz >>> 3) + unit]!;
      }
    },
  };
}
