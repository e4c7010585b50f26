import { DataError } from "@steepest/core";
import { bareNetwork, moduleNormsIn } from "@steepest/experiments";
import type { Engine } from "@steepest/node";
import { givenWeights } from "../measure/givenWeights.js";
import type { MeasuredChoice } from "../measure/measuredRun.js";
import type { CertifiedPoint } from "./certifiedPoint.js";
import { lastOptimizer } from "./lastOptimizer.js";

/** True for the name of a file of arrays, which does not say what network and data they are of. */
export const isFileOfArrays = (path: string): boolean => /\.(safetensors|npz)$/i.test(path);

/**
 * The weights of a file of arrays, with the network and data that `measure` would measure them with.
 *
 * @throws DataError, DefinitionError  as `givenWeights`, or if the data are those of a regression
 */
export async function arraysPoint(path: string, choice: MeasuredChoice, { kernels }: Engine): Promise<CertifiedPoint> {
  const { run, data, network, weights } = await givenWeights(path, choice, kernels);
  const { train } = data;
  if ("targets" in train) throw DataError.at(path, "is of a regression, which has no margins to certify");
  return {
    target: path,
    network,
    networkDefinition: bareNetwork(run, train),
    data: train,
    weights,
    modules: moduleNormsIn(run),
    ...(choice.definition !== undefined && { ownNorm: lastOptimizer(run).ownNorm.id }),
  };
}
