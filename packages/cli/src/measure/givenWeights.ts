import { resolve } from "node:path";
import {
  type DatasetHost,
  type DrawnData,
  drawData,
  loadModules,
  networkOfRun,
  type PlacedTensor,
  placedWeights,
} from "@steepest/experiments";
import { readWeights } from "@steepest/formats";
import { dataFolders, inputFiles } from "../imageFiles.js";
import { readHashedFile } from "../tableFiles.js";
import { type MeasuredChoice, type MeasuredRun, measuredRun } from "./measuredRun.js";

/** Weights from a file of arrays, with the data that they are of. */
export interface GivenWeights extends MeasuredRun {
  readonly host: DatasetHost;
  readonly data: DrawnData;
  readonly network: ReturnType<typeof networkOfRun>;
  /** f64[totalCount] */
  readonly weights: Float64Array;
  /** The array that each block came from. */
  readonly places: readonly PlacedTensor[];
  readonly format: string;
  /** SHA-256 of the file. */
  readonly sha256: string;
}

/**
 * Reads a safetensors or npz file as weights of a network.
 *
 * @param path     the file
 * @param choice   what the weights are of
 * @param kernels  for the data sets that compute
 * @throws DataError, DefinitionError  if it is no such file, or its arrays are not the blocks of the network
 */
export async function givenWeights(path: string, choice: MeasuredChoice, kernels: DatasetHost["kernels"]): Promise<GivenWeights> {
  const { bytes, sha256 } = readHashedFile(path, resolve(path), "give a safetensors or npz file: docs/weights.md has a recipe");
  const { format, tensors } = await readWeights(path, bytes);
  const measured = await measuredRun(choice);
  const { run, base } = measured;
  const host = { kernels, files: inputFiles(dataFolders(run.dataset, base)).files };
  await loadModules(run, host.files);
  const data = await drawData(run.dataset, run.seed, host);
  const network = networkOfRun(run, data.train);
  return { ...measured, host, data, network, ...placedWeights(path, network, tensors), format, sha256 };
}
