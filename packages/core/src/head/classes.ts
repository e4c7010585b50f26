import { hasTargets, type LabelledData } from "../network/data.js";
import type { Head } from "./head.js";

interface Classes extends LabelledData {
  readonly classes: number;
}

/**
 * One score per class, labels 0 to C - 1:
 *
 *   qᵢ = s_y - max over j != y of s_j      q~ᵢ = s_y - log Σ over j != y of e^(s_j)      seedsᵢ: 1 at y, -softmax over the others elsewhere
 */
export const classes: Head<Classes> = {
  id: "classes",
  owns: (data): data is Classes => !hasTargets(data) && data.classes !== undefined,
  outputs: (data) => data.classes,
  describe: (data) => `labels of ${data.classes} classes`,
  hasMargins: true,
  label: ({ labels }, i) => labels[i]!,
  target: ({ labels }, i, out) => {
    out.fill(0);
    out[labels[i]!] = 1;
  },
  margins: (kernels, { scores, labels, n, outputs }, margins) => kernels.classMargins(scores, labels, margins, n, outputs),
  margin: ({ mantissas, exponent }, label) => {
    const largest = mantissas.reduce((most, score, j) => (j === label ? most : Math.max(most, score)), Number.NEGATIVE_INFINITY);
    const own = mantissas[label]!;
    if (Number.isFinite(own - largest)) return { mantissa: own - largest, exponent };
    return { mantissa: own / 2 - largest / 2, exponent: exponent + 1 };
  },
  smoothed: {
    evaluate: (kernels, { scores, labels, n, outputs }, smoothed, seeds, scratch) =>
      kernels.multiclassMargins(scores, labels, smoothed, seeds, n, outputs, scratch),
    margins: (kernels, { scores, labels, n, outputs }, smoothed, scratch) =>
      kernels.smoothedMargins(scores, labels, smoothed, n, outputs, scratch),
    weighted: ({ mantissas, exponent }, seeds, label) => {
      const half = mantissas[label]! / 2; // a difference of two scores may be twice as large as any double
      let mantissa = 0;
      for (const [j, seed] of seeds.entries()) if (j !== label) mantissa -= seed * (half - mantissas[j]! / 2);
      return { mantissa, exponent: exponent + 1 };
    },
  },
};
