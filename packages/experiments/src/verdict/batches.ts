import { datasetSizes } from "../dataset/registry.js";
import type { ArmDefinition } from "../definition/arm.js";
import { endsOf } from "../network/ends.js";
import type { NetworkOfDefinition } from "../network/isHomogeneous.js";
import { buildNetwork } from "../network/registry.js";

/** The words for an arm of which the theorems, which are about full batches, expect nothing. */
export const notExpectedInBatches = "not expected: steps see mini-batches";

const source =
  "Li, Tang and Zou 2026 (arXiv:2602.11557), linear models: without momentum only full batches are sure of the margin of the norm, with it batches that are large enough for the momentum";

const reducedSource =
  "Li, Tang and Zou 2026 (arXiv:2602.11557): variance-reduced gradients keep the margin of full batches, proved of linear models only";

const freshSource = "theory is of the margin of training samples that every step sees; fresh samples at every step have none";

/**
 * The gap between what the theorems suppose and the samples that an arm's steps see: theorems are about steps that see all training samples.
 *
 * Variance-reduced gradients of a linear model are covered: they keep the margin of full batches.
 *
 * @param arm    an arm of the experiment
 * @param parts  network and data set of the experiment
 * @returns why nothing is expected; undefined where the theorems may be about the arm
 */
export function batchGap({ batch }: Pick<ArmDefinition, "batch">, parts: NetworkOfDefinition): string | undefined {
  if (batch === undefined) return undefined;
  if ("fresh" in batch) return freshSource;
  if (batch.size >= datasetSizes(parts.dataset).trainSize && batch.order !== "withReplacement") return undefined;
  if (batch.varianceReduced === undefined) return source;
  const { degree, layout } = buildNetwork(parts.network, endsOf(parts.dataset));
  return degree === 1 && layout.blocks.length === 1 ? undefined : reducedSource;
}
