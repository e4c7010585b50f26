import { DefinitionError } from "@steepest/core";
import { type DatasetDefinition, parseDefinition, resolveDefinition } from "@steepest/experiments";
import { datasetFiles } from "../imageFiles.js";
import { plainJson } from "./plainJson.js";
import { baseOf, loadTarget } from "./settings.js";

/** The options that choose data. */
export interface DatasetChoice {
  /** A data set of a definition, as JSON. */
  readonly dataset?: string;
  readonly set: readonly string[];
}

/** A definition that any data set fits into: only its data are of interest. */
export const around: Readonly<Record<string, unknown>> = {
  id: "dataset",
  network: { kind: "linear", init: { law: "uniformFanIn", scale: 1 } },
  loss: { kind: "exponential", reduction: "sum" },
  arms: { any: { optimizer: { kind: "steepest", norm: "l2", normalized: true }, step: { rule: "constant", size: 1 } } },
  seeds: [0],
  stop: { steps: 1 },
  record: { probes: ["logRisk"], pointsPerDecade: 1 },
};

/**
 * The data set of a definition, or of its own.
 *
 * @throws DefinitionError  unless exactly one of them is given, with everything that is wrong with it
 */
export async function datasetOf(target: string | undefined, { dataset, set }: DatasetChoice): Promise<DatasetDefinition> {
  if (target !== undefined && dataset === undefined) return (await loadTarget(target, { set, seeds: [] })).dataset;
  if (target === undefined && dataset !== undefined) {
    if (set.length > 0)
      throw DefinitionError.at("--set", "changes a definition, and none is given", { value: set[0], hint: "change --dataset itself" });
    return parseDefinition(
      await resolveDefinition({ ...around, dataset: plainJson("--dataset", dataset) }, datasetFiles(baseOf(undefined))),
    ).dataset;
  }
  throw DefinitionError.at("--dataset", target === undefined ? "or a definition must be given" : "and a definition cannot both be given", {
    hint: 'steepest maxmargin multiclass-linear, or --dataset \'{"kind":"separable","trainSize":60,"noise":0.08,"constant":0}\'',
  });
}
