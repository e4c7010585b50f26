import type { DatasetDefinition } from "../../src/index.js";
import { datasetSizes } from "../../src/index.js";

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
