import type { LabelledData } from "@steepest/core";
import { bindDraws, type Generator } from "./generator.js";

/** A Gaussian cluster: its samples are N(mean, diag(deviation²)), all of one label. */
export interface Cluster {
  readonly label: number;
  /** Samples are of this cluster with a probability proportional to its weight. */
  readonly weight: number;
  /** f64[inputDim]. */
  readonly mean: ArrayLike<number>;
  readonly deviation: ArrayLike<number>;
}

/**
 * Generates samples of a mixture of Gaussian clusters, each sample of a cluster of its own draw.
 *
 * @param clustersOf  the clusters under a seed
 * @param inputDim    coordinates of a sample
 * @param classes     as in `LabelledData`
 */
export function mixture(
  clustersOf: (...seeded: Parameters<Generator>) => readonly Cluster[],
  inputDim: number,
  classes?: number,
): Generator {
  return (seed, kernels) => {
    const clusters = clustersOf(seed, kernels);
    const total = clusters.reduce((sum, { weight }) => sum + weight, 0);
    return (count) => {
      const normals = bindDraws(kernels, count * inputDim);
      const choices = bindDraws(kernels, count);
      return ({ inputs: inputStream, clusters: clusterStream }): LabelledData => {
        const inputs = normals.normal(seed, inputStream).slice();
        const chosen = choices.uniform(seed, clusterStream);
        const labels = new Array<number>(count);
        for (let i = 0; i < count; i++) {
          const { label, mean, deviation } = clusterAt(clusters, chosen[i]! * total);
          labels[i] = label;
          for (let k = 0; k < inputDim; k++) inputs[i * inputDim + k] = mean[k]! + deviation[k]! * inputs[i * inputDim + k]!;
        }
        return { inputs, labels, inputDim, ...(classes === undefined ? {} : { classes }) };
      };
    };
  };
}

/** The cluster in whose part of [0, total) a number lies; the last one for a number that rounding carries beyond. */
function clusterAt(clusters: readonly Cluster[], place: number): Cluster {
  let end = 0;
  for (const cluster of clusters) {
    end += cluster.weight;
    if (place < end) return cluster;
  }
  return clusters.at(-1)!;
}

/** The label of class c of so many: -1 and +1 of two, else c. */
export const labelOf = (c: number, classes: number): number => (classes === 2 ? 2 * c - 1 : c);

/** Bytes that drawing so many samples takes: normals, inputs, one number each for cluster and label. */
export const mixtureBytes = (count: number, inputDim: number): number => 8 * count * (2 * inputDim + 2);
