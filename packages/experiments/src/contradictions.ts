import { contradictionsOf, contradictionText, DataError, type SupervisedData } from "@steepest/core";
import { hasTargets } from "@steepest/core/internal";
import { endsOfDrawn } from "./network/ends.js";
import { buildNetwork } from "./network/registry.js";
import type { RunDefinition } from "./record/definition.js";

/**
 * Refuses data that the network of a definition cannot separate; targets are never separated.
 *
 * @param run    the data set and the network of the definition
 * @param train  the drawn training samples
 * @throws DataError  unless the definition keeps contradictions
 */
export function refuseContradictions({ dataset, network }: Pick<RunDefinition, "dataset" | "network">, train: SupervisedData): void {
  if (hasTargets(train) || ("contradictions" in dataset && dataset.contradictions === "keep")) return;
  const built = buildNetwork(network, endsOfDrawn(dataset, train));
  const { zero, opposed } = contradictionsOf(train, built);
  const what = contradictionText({ zero, opposed }, train);
  if (what === undefined) return;
  const isBiasFree = built.inputDegree !== undefined;
  throw DataError.at(
    "dataset",
    `no network${isBiasFree ? " without biases" : ""} can separate the training samples: ${what} (counted from 0)`,
    {
      value: zero[0] ?? opposed[0]?.[1],
      hint: isBiasFree
        ? 'remove or relabel them, add a constant coordinate that stands for a bias, or set "contradictions": "keep" in the dataset'
        : 'remove or relabel them, or set "contradictions": "keep" in the dataset',
    },
  );
}
