import { hasTargets, type TargetData } from "../network/data.js";
import type { Head } from "./head.js";

/** As many scores as targets: a regression, without margins. */
export const targets: Head<TargetData> = {
  id: "targets",
  owns: hasTargets,
  outputs: (data) => data.outputs,
  describe: (data) => (data.outputs === 1 ? "one target per sample" : `${data.outputs} targets per sample`),
  hasMargins: false,
  label: () => Number.NaN,
  target: (data, i, out) => {
    out.set(data.targets.subarray(i * data.outputs, (i + 1) * data.outputs));
  },
  margins: (kernels, { labels, n }, margins) => kernels.scale(labels, margins, n, 1),
  margin: () => ({ mantissa: Number.NaN, exponent: 0 }),
};
