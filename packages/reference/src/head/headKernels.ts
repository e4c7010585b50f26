import type { HeadKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { exp } from "../scalar/exp.js";
import { log1p } from "../scalar/log1p.js";
import { sumAbs } from "../vector/reductions.js";

/** max over j ≠ label of the scores of a row. */
function largestOther(row: Float64Array, label: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const [j, score] of row.entries()) if (j !== label) largest = Math.max(largest, score);
  return largest;
}

/** The plain TypeScript twin of `assembly/head`, bit for bit, over one memory. */
export function headKernels({ f64 }: Memory): HeadKernels {
  const rowAt = (matrix: number, i: number, classes: number): Float64Array =>
    f64.subarray((matrix >>> 3) + i * classes, (matrix >>> 3) + (i + 1) * classes);
  /** The smoothed margin of a sample; `out` ← its seeds. */
  const smoothedMargin = (row: Float64Array, label: number, out: Float64Array): number => {
    const largest = largestOther(row, label);
    const top = row.findIndex((score, j) => j !== label && score === largest);

    for (const [j, score] of row.entries()) out[j] = j === label || j === top ? 0 : exp(score - largest);
    const rest = sumAbs(out, 0, out.length);
    const total = 1 + rest;
    for (const [j, share] of out.entries()) out[j] = j === label ? 1 : -((j === top ? 1 : share) / total);
    return row[label]! - largest - log1p(rest);
  };
  return {
    classMargins(scores, labels, margins, n, classes) {
      for (let i = 0; i < n; i++) {
        const row = rowAt(scores, i, classes);
        const label = f64[(labels >>> 3) + i]!;
        f64[(margins >>> 3) + i] = row[label]! - largestOther(row, label);
      }
    },
    multiclassMargins(scores, labels, smoothed, seeds, n, classes) {
      for (let i = 0; i < n; i++) {
        const label = f64[(labels >>> 3) + i]!;
        f64[(smoothed >>> 3) + i] = smoothedMargin(rowAt(scores, i, classes), label, rowAt(seeds, i, classes));
      }
    },
    smoothedMargins(scores, labels, smoothed, n, classes) {
      const seeds = new Float64Array(classes);
      for (let i = 0; i < n; i++) {
        f64[(smoothed >>> 3) + i] = smoothedMargin(rowAt(scores, i, classes), f64[(labels >>> 3) + i]!, seeds);
      }
    },
    topClass(scores, top, n, classes) {
      for (let i = 0; i < n; i++) {
        const row = rowAt(scores, i, classes);
        f64[(top >>> 3) + i] = row.some(Number.isNaN) ? Number.NaN : row.reduce((best, score, j) => (score > row[best]! ? j : best), 0);
      }
    },
  };
}
