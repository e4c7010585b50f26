import { datasetSizes } from "../dataset/registry.js";
import type { ExperimentDefinition } from "../definition/definition.js";

/**
 * The log of the mean risk where a definition trains on the mean: logRisk − log m, since `logRisk` is that of the sum over the m samples whatever the
 * reduction; undefined where it trains on the sum. For people: no row holds it.
 *
 * @param definition  its loss and data set
 * @param logRisk     log risk of the sum
 * @returns a log risk, or undefined
 */
export function logMeanRisk({ loss, dataset }: Pick<ExperimentDefinition, "loss" | "dataset">, logRisk: number): number | undefined {
  return loss.reduction === "mean" ? logRisk - Math.log(datasetSizes(dataset).trainSize) : undefined;
}
