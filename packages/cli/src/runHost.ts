import { maxMargin, maxReluMargin } from "@steepest/certificates";
import type { DatasetFiles, RunHost } from "@steepest/experiments";

/** The host of a run on this machine, with the oracles of largest margins. */
export function runHost(kernels: RunHost["kernels"], files: DatasetFiles): RunHost {
  return {
    kernels,
    files,
    largestMargin: (data, norm, { isTwoLayerRelu }) =>
      isTwoLayerRelu ? maxReluMargin(data, { kernels }) : maxMargin(data, norm, { kernels }),
  };
}
