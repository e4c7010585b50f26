import { DataError, DefinitionError, isSteepestError, type Network } from "@steepest/core";
import { readWeights } from "@steepest/formats";
import type { DatasetFiles, HashedBytes } from "../dataset/dataset.js";
import { type GivenInit, isGiven } from "../network/init.js";
import type { NetworkChoice } from "../network/registry.js";
import { placedWeights } from "./placedWeights.js";

/**
 * The initial weights of a run that are in a file: θ₀ = scale · w, each product rounded once.
 *
 * @param choice   the network of the definition of the run
 * @param network  that network on its data, whose layout has the blocks
 * @param files    the files of the host
 * @returns f64[totalCount], as `init` of the core accepts them; undefined for a law, which draws them
 * @throws DataError        if the file is missing, is no file of weights of this network, or another one than the definition is about
 * @throws DefinitionError  if the file of the definition has not been read
 */
export async function initialWeights({ init }: NetworkChoice, network: Network, files: DatasetFiles): Promise<Float64Array | undefined> {
  if (!isGiven(init)) return undefined;
  if (!init.facts)
    throw DefinitionError.at("network.init.facts", "are missing: the file has not been read", { hint: "resolveDefinition reads it" });
  return givenWeights(init, network, (await givenFile(init, files)).bytes);
}

/**
 * The file of initial weights, which is the one that the definition is about.
 *
 * @param init   of the definition
 * @param files  the files of the host
 * @returns its bytes and hash
 * @throws DataError  if there is none, or another
 */
export async function givenFile({ file, facts }: GivenInit, files: DatasetFiles): Promise<HashedBytes> {
  const found = await readGiven(file, files, facts?.sha256);
  if (facts === undefined || found.sha256 === facts.sha256) return found;
  throw DataError.at(file, `has the SHA-256 ${found.sha256}, the definition is about initial weights of ${facts.sha256}`, {
    value: found.sha256,
    hint: "put the file back that the definition is about, or leave facts out",
  });
}

async function readGiven(file: string, files: DatasetFiles, expected: string | undefined): Promise<HashedBytes> {
  if (!files.bytes) {
    const hint = "steepest run reads it; on the page, drop the file itself";
    throw DataError.at(file, "is a file of initial weights, and nothing here reads files", { value: file, hint });
  }
  try {
    return await files.bytes(file);
  } catch (cause) {
    if (expected === undefined || !isSteepestError(cause)) throw cause;
    const { message, value, hint } = cause;
    throw DataError.at(file, `${message.slice(message.indexOf(": ") + 2)}; the initial weights are those of the SHA-256 ${expected}`, {
      value,
      hint,
      cause,
    });
  }
}

/**
 * The initial weights that the bytes of a file hold.
 *
 * @param init     of the definition
 * @param network  its layout has the blocks
 * @param bytes    the file
 * @returns f64[totalCount], scaled
 * @throws DataError  if it is no file of weights of this network, or a product leaves the doubles
 */
export async function givenWeights(
  { file, scale = 1 }: Omit<GivenInit, "facts">,
  network: Network,
  bytes: Uint8Array,
): Promise<Float64Array> {
  const { weights } = placedWeights(file, network, (await readWeights(file, bytes)).tensors);
  if (scale === 1) return weights;
  const scaled = weights.map((weight) => scale * weight);
  const lost = scaled.findIndex((weight) => !Number.isFinite(weight));
  if (lost < 0) return scaled;
  throw DataError.at("init.scale", `${scale} times ${weights[lost]}, the weight ${lost} of ${file}, is no double`, {
    value: scale,
    hint: "a smaller scale",
  });
}
