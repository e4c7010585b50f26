import type { MatrixKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { exponent } from "../scalar/bits.js";
import { maxAbsAt } from "./householder.js";
import { settleSigns, writeLong, writeShort } from "./singularVectors.js";
import { layout, sourceOf } from "./svdLayout.js";
import { rankOf, reduce } from "./svdReduction.js";

/** Exponent of the largest entry during the decomposition: high, so that entries 2⁻²⁰³⁴ times as large survive; no square of these is formed. */
const workingExponent = 960;

/** The twin of `assembly/matrix/svd.ts`, bit for bit. */
export function matrixKernels(memory: Memory): MatrixKernels {
  const { f64 } = memory;
  return {
    thinSvd(g, ut, sigma, vt, rows, columns, scratch) {
      const source = sourceOf(g >>> 3, rows, columns);
      const { count, length } = source;
      const at = layout(scratch >>> 3, count, length);
      const [u, s, v] = [ut >>> 3, sigma >>> 3, vt >>> 3];
      const largest = maxAbsAt(f64, source.g, rows * columns);
      if (!(largest < Number.POSITIVE_INFINITY)) {
        for (const [out, size] of [
          [u, count * rows],
          [s, count],
          [v, count * columns],
        ] as const)
          f64.fill(Number.NaN, out, out + size);
        return count;
      }
      const nonzero = largest === 0 ? 0 : reduce(memory, source, at, workingExponent - exponent(largest), true);
      const significant = rankOf(memory, at, s, nonzero, source);
      writeShort(memory, at, rows <= columns ? u : v, nonzero, count);
      writeLong(memory, at, rows <= columns ? v : u, nonzero, length);
      settleSigns(memory, u, s, v, rows, columns);
      return significant;
    },
    singularValues(g, sigma, rows, columns, scratch) {
      const source = sourceOf(g >>> 3, rows, columns);
      const at = layout(scratch >>> 3, source.count, source.length);
      const largest = maxAbsAt(f64, source.g, rows * columns);
      if (!(largest < Number.POSITIVE_INFINITY)) {
        f64.fill(Number.NaN, sigma >>> 3, (sigma >>> 3) + source.count);
        return source.count;
      }
      const nonzero = largest === 0 ? 0 : reduce(memory, source, at, workingExponent - exponent(largest), false);
      return rankOf(memory, at, sigma >>> 3, nonzero, source);
    },
  };
}
