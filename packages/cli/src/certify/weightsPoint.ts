import { parseWeights } from "@steepest/certificates";
import { givenNetwork } from "@steepest/experiments";
import { readDefinitionFile } from "../definition/definitionFile.js";
import type { CertifiedPoint } from "./certifiedPoint.js";

/**
 * The weights and data of a file.
 *
 * @returns undefined if there is no such file
 * @throws DataError        if it is no file of weights
 * @throws DefinitionError  if its network is none
 */
export function weightsPoint(path: string): CertifiedPoint | undefined {
  const value = readDefinitionFile(path);
  if (value === undefined) return undefined;
  const { network, data, weights } = parseWeights(path, value);
  return {
    target: path,
    network: givenNetwork(network, { inputDim: data.inputDim, outputs: data.classes ?? 1 }),
    networkDefinition: network,
    data,
    weights,
  };
}
