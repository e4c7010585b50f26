import { hasTargets, type LabelledData } from "../network/data.js";
import type { Head } from "./head.js";

/** One score, labels -1 and +1: qᵢ = yᵢ f(xᵢ). */
export const binary: Head<LabelledData> = {
  id: "binary",
  owns: (data): data is LabelledData => !hasTargets(data) && data.classes === undefined,
  outputs: () => 1,
  describe: () => "labels -1 and +1",
  hasMargins: true,
  label: ({ labels }, i) => labels[i]!,
  target: ({ labels }, i, out) => {
    out[0] = labels[i]!;
  },
  margins: (kernels, { scores, labels, n }, margins) => kernels.multiply(scores, labels, margins, n),
  margin: ({ mantissas, exponent }, label) => ({ mantissa: mantissas[0]! * label, exponent }),
};
