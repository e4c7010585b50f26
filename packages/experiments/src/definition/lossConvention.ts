import { type Loss, losses } from "@steepest/core";
import { datasetSizes } from "../dataset/registry.js";
import type { ExperimentDefinition } from "./definition.js";

/**
 * The loss of an experiment as its data set has it, where that is not what its name says.
 *
 * @param definition  its loss and data set
 * @returns a sentence such as "4 classes: the logistic loss is cross-entropy, ..."; undefined for losses of margins and labels -1 and +1
 */
export function lossConvention({ loss, dataset }: Pick<ExperimentDefinition, "loss" | "dataset">): string | undefined {
  const { classes, outputs } = datasetSizes(dataset);
  const { sees, facts }: Loss = losses[loss.kind];
  if (outputs !== undefined && sees === "targets")
    return outputs === 1
      ? undefined
      : `the ${loss.kind} loss of a sample is the sum over its ${outputs} targets, testSquaredError their mean`;
  if (sees === "targets")
    return `the ${loss.kind} loss regresses on ${classes === undefined ? "the labels -1 and +1" : "one-hot vectors of the labels"}`;
  if (classes === undefined) return undefined;
  const named = facts?.nameOfClasses ? `is ${facts.nameOfClasses}, that` : "is that";
  return `${classes} classes: the ${loss.kind} loss ${named} of the smoothed margin s_y - log(sum of e^s_j over the other classes)`;
}
