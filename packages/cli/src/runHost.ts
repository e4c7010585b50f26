import { certify, maxMargin, maxReluMargin } from "@steepest/certificates";
import type { DatasetFiles, RunHost } from "@steepest/experiments";

/** The host of a run on this machine, with the oracles of largest margins and of best multipliers. */
export function runHost(kernels: RunHost["kernels"], files: DatasetFiles): RunHost {
  return {
    kernels,
    files,
    largestMargin: (data, norm, { isTwoLayerRelu }) =>
      isTwoLayerRelu ? maxReluMargin(data, { kernels }) : maxMargin(data, norm, { kernels }),
    bestRatio: async (place) => {
      const certification = await certify({ ...place, kernels, kinks: 0 });
      return certification.kind === "certified" ? certification.document.entries[0]!.kappa[0] : Number.NaN;
    },
  };
}
