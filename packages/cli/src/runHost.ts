import type { DatasetFiles, RunHost } from "@steepest/experiments";

/** The host of a run on this machine, with the oracles of largest margins and of best multipliers, which are loaded by the first probe that asks. */
export function runHost(kernels: RunHost["kernels"], files: DatasetFiles): RunHost {
  return {
    kernels,
    files,
    largestMargin: async (data, norm, { isTwoLayerRelu }) => {
      const { maxMargin, maxReluMargin } = await import("@steepest/certificates");
      return isTwoLayerRelu ? maxReluMargin(data, { kernels }) : maxMargin(data, norm, { kernels });
    },
    bestRatio: async (place) => {
      const { certify } = await import("@steepest/certificates");
      const certification = await certify({ ...place, kernels, kinks: 0 });
      return certification.kind === "certified" ? certification.document.entries[0]!.kappa[0] : Number.NaN;
    },
  };
}
