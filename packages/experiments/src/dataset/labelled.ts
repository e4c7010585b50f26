import { DataError, type LabelledData, type SupervisedData } from "@steepest/core";
import { hasTargets } from "@steepest/core/internal";

/**
 * Data with labels, for what is about classes.
 *
 * @param data  training or test samples
 * @param who   what needs labels, for the message: "the page"
 * @returns the same object
 * @throws DataError  if the samples have targets instead
 */
export function labelled(data: SupervisedData, who: string): LabelledData {
  if (!hasTargets(data)) return data;
  throw DataError.at("dataset", `${who} needs labels, and the samples have targets`, {
    value: data.outputs,
    hint: "steepest run trains on targets, with the squared loss",
  });
}
