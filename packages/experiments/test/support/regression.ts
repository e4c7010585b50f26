import { type DatasetDefinition, datasetSizes, isLabelled } from "../../src/index.js";

const squaredInSteps = { loss: { kind: "squared", reduction: "sum" }, step: { rule: "constant", size: 1e-3 } } as const;

/** A data set of a few training samples, and of targets the loss and steps that fit them. */
export const onFewSamples = (dataset: DatasetDefinition) => ({
  dataset: "trainSize" in dataset ? { ...dataset, trainSize: 8 } : dataset,
  ...(!isLabelled(dataset) && squaredInSteps),
});

/** A definition of the same experiment on data with targets, as far as they make sense there: the squared loss, and probes that have a value. */
export function onTargets<D extends { readonly dataset: unknown }>(definition: D, dataset: DatasetDefinition): D {
  const { claims: _, figure: __, ...rest } = definition as D & { readonly claims?: unknown; readonly figure?: unknown };
  const { testSize } = datasetSizes(dataset);
  const changes = {
    dataset,
    loss: { kind: "squared", reduction: "mean" },
    record: { probes: ["logRisk", "norm.l2", ...(testSize > 0 ? ["testSquaredError"] : [])], pointsPerDecade: 8 },
  };
  return { ...rest, ...changes } as unknown as D;
}
