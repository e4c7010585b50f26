import { shown } from "@steepest/kernels";
import { knownOptions } from "../check/knownKeys.js";
import { requireInteger, requireOneOf } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import type { LayerEntry } from "../layer/layer.js";
import { layersOf, recordAll } from "../layer/sequence.js";
import { recorded } from "../recipe/recipe.js";
import { type FeatureShape, vectorOf } from "../tape/featureShape.js";
import { Recorder } from "../tape/recorder.js";
import type { Network, NetworkMember } from "./network.js";
import { tapeNetwork } from "./tapeNetwork.js";

export interface LayersOptions {
  /** The number of input columns, or the shape of images whose columns are in the order [channel][row][column]. */
  readonly input: number | FeatureShape;
  /** Layers and activations, from the input to the scores. */
  readonly layers: readonly LayerEntry[];
  /**
   * "exact": networks that are not homogeneous are refused. "measured": they train, margins are those of the degree of their limit, and what theory says of
   * homogeneous networks is not expected of them. Default "exact".
   */
  readonly homogeneity?: "exact" | "measured";
}

/**
 * A network of layers, one after another. The entries of the last one are the scores: 1 for labels -1 and +1, C for labels 0 to C - 1.
 *
 * The degree in a weight matrix is the product of the degrees of the activations after it; a shared matrix adds up its uses. Blocks that are homogeneous
 * only together, such as weights and bias of the first layer, or the branches of a sum, form a group with one degree. L is the sum over trainable groups.
 *
 * @param options  the input, the layers, and what is asked of homogeneity
 * @returns a network
 * @throws DefinitionError  if layers do not fit each other, none has trainable weights, or the network is not homogeneous and `homogeneity` is "exact"
 * @example
 * layers({ input: { channels: 1, height: 28, width: 28 }, layers: [conv2d({ channels: 8, size: 5 }), "relu", dense({ units: 1 })] }).degree // 2
 */
export function layers(options: LayersOptions): Network {
  const {
    input,
    layers: entries,
    homogeneity = "exact",
  } = knownOptions("layers", options, { input: true, layers: true, homogeneity: true });
  const shape = shapeOf(input);
  requireOneOf("homogeneity", homogeneity, ["exact", "measured"]);
  const recorder = new Recorder(shape);
  const tape = recorder.finish(recordAll("layers", layersOf("layers", entries), recorder, recorder.input));
  if (!tape.blocks.some(({ trainable }) => trainable)) {
    throw new DefinitionError("layers: at least one layer must have trainable weights", { path: "layers", value: entries });
  }
  const copy = { ...options, layers: entries.map((entry) => (typeof entry === "object" && !("record" in entry) ? { ...entry } : entry)) };
  return recorded(
    "layers",
    [copy],
    tapeNetwork(tape, {
      kind: "layers",
      homogeneity,
      withInputDim: (inputDim) => layers({ ...copy, input: inputDim }),
    }),
  );
}

function shapeOf(input: number | FeatureShape): FeatureShape {
  if (typeof input === "number") {
    requireInteger("input", input, 1);
    return vectorOf(input);
  }
  if (typeof input !== "object" || input === null) {
    throw new DefinitionError(`input: must be a number of columns or { channels, height, width }, got ${shown(input)}`, {
      path: "input",
      value: input,
    });
  }
  const { channels, height, width } = knownOptions("input", input, { channels: true, height: true, width: true });
  for (const [name, size] of Object.entries({ channels, height, width })) requireInteger(`input.${name}`, size, 1);
  return { channels, height, width };
}

export const layersMember: NetworkMember = { factory: "layers", make: layers, title: "network of layers" };
