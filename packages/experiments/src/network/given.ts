import { DefinitionError, type Network, type SupervisedData } from "@steepest/core";
import type { ImageShape } from "../dataset/dataset.js";
import type { DatasetDefinition } from "../dataset/registry.js";
import { definitionError } from "../definition/definitionError.js";
import { plainTree } from "../definition/plainTree.js";
import { integer, z } from "../definition/schema.js";
import { schemaIssues } from "../definition/schemaIssues.js";
import { endsOfDrawn } from "./ends.js";
import type { NetworkEnds, NetworkMember } from "./member.js";
import { buildNetwork, type NetworkChoice, networkSchema, networks } from "./registry.js";

const anyInit = { law: "uniformFanIn", scale: 1 };
const imageSchema = z.strictObject({ channels: integer(1), height: integer(1), width: integer(1) });

/** True for networks by whose kind images enter as images. */
const takesImages = (kind: unknown): boolean =>
  typeof kind === "string" &&
  Object.hasOwn(networks, kind) &&
  ((networks as Readonly<Record<string, Pick<NetworkMember<unknown>, "takesImages">>>)[kind]!.takesImages ?? false);

/**
 * The network of a definition whose weights are given, so that it needs no initialisation.
 *
 * @param value  plain data: a network as definitions write it; `init` may be left out, and decides nothing; where images enter as images, `image` is their shape
 * @param ends   input columns and scores per sample, as the data have them
 * @returns the network of the core
 * @throws DefinitionError  with everything that is wrong with it
 */
export function givenNetwork(value: unknown, ends: NetworkEnds): Network {
  const tree = plainTree(value);
  const isObject = typeof tree === "object" && tree !== null && !Array.isArray(tree);
  const { image, ...rest } = (isObject ? tree : {}) as { readonly image?: unknown; readonly kind?: unknown };
  const hasImage = image !== undefined && takesImages(rest.kind);
  const whole = isObject ? { init: anyInit, ...(hasImage ? rest : tree) } : tree;
  const parsed = networkSchema.safeParse(whole);
  if (!parsed.success) throw definitionError(schemaIssues(parsed.error, whole, networkSchema), whole);
  return buildNetwork(parsed.data, hasImage ? { ...ends, image: imageOf(image, ends) } : ends);
}

function imageOf(value: unknown, { inputDim }: NetworkEnds): ImageShape {
  const parsed = imageSchema.safeParse(value);
  if (!parsed.success) {
    throw DefinitionError.at("image", "must be { channels, height, width }, each an integer of at least 1", { value });
  }
  const { channels, height, width } = parsed.data;
  if (channels * height * width === inputDim) return parsed.data;
  throw DefinitionError.at("image", `has ${channels} x ${height} x ${width} entries, the samples have ${inputDim} columns`, { value });
}

/** The parts of a definition that say what its network is. */
export interface NetworkAndData {
  readonly network: NetworkChoice;
  readonly dataset: DatasetDefinition;
}

/**
 * The network of a definition as weights and certificates name it: without what decides no score, and with the shape of images that enter as such.
 *
 * @param definition  its network and data set
 * @param train       samples that were drawn of it
 * @returns plain data that `givenNetwork` reads
 */
export function bareNetwork({ network, dataset }: NetworkAndData, train: SupervisedData): unknown {
  const {
    init: _init,
    outputs: _outputs,
    homogeneity: _homogeneity,
    ...bare
  } = network as NetworkChoice & {
    readonly outputs?: unknown;
    readonly homogeneity?: unknown;
  };
  const { image } = endsOfDrawn(dataset, train);
  if (!image || !takesImages(network.kind)) return bare;
  const { channels, height, width } = image;
  return { ...bare, image: { channels, height, width } };
}
