import { shown } from "@steepest/kernels";
import { activation as activationOf } from "../activation/choice.js";
import type { ActivationChoice } from "../activation/registry.js";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireInteger, requireList, requireOneOf } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import { dense } from "../layer/dense.js";
import type { LayerEntry } from "../layer/layer.js";
import { layersOf, recordAll } from "../layer/sequence.js";
import { recorded } from "../recipe/recipe.js";
import { vectorOf } from "../tape/featureShape.js";
import { Recorder } from "../tape/recorder.js";
import type { Network, NetworkMember } from "./network.js";
import { tapeNetwork } from "./tapeNetwork.js";

export interface MlpOptions {
  /** Layer widths [inputDim, hidden..., outputs]: 1 output for labels -1 and +1, C for labels 0 to C - 1. */
  readonly widths: readonly number[];
  /** Activation of every layer but the last. */
  readonly activation: ActivationChoice;
  /** Layers, counted from 0, that keep their initial weights. Default none. */
  readonly frozenLayers?: readonly number[];
  /** "measured": allows activations that are not homogeneous; see `layers`. Default "exact". */
  readonly homogeneity?: "exact" | "measured";
}

/**
 * A multilayer perceptron without biases.
 *
 *   z₀ = x,  zₗ = act(zₗ₋₁ Wₗᵀ),  scores = zₙ₋₁ Wₙᵀ
 *
 * With an activation of degree r, layer l of n has degree r^(n-l); L is their sum over trainable layers (r = 1: their number).
 *
 * @param options  widths [inputDim, hidden..., outputs], the activation, and the layers that keep their initial weights
 * @returns a network
 * @throws DefinitionError  on a width below 1, when every layer is frozen, or on an activation that is not homogeneous unless homogeneity is "measured"
 * @example
 * mlp({ widths: [2, 8, 1], activation: "relu" }).degree // 2
 */
export function mlp(options: MlpOptions): Network {
  refuseUnknownKeys("mlp", options, { widths: true, activation: true, frozenLayers: true, homogeneity: true });
  const { activation, frozenLayers: given = [], homogeneity = "exact" } = options;
  const widths = [...requireWidths(options.widths)];
  const frozenLayers = frozenOf(given, widths.length - 1);
  requireOneOf("homogeneity", homogeneity, ["exact", "measured"]);
  const entries = widths.slice(1).flatMap((units, layer): LayerEntry[] => {
    const entry = dense({ units, frozen: frozenLayers.has(layer) });
    return layer === 0 ? [entry] : [activation, entry];
  });
  const recorder = new Recorder(vectorOf(widths[0]!));
  activationOf(activation);
  const tape = recorder.finish(recordAll("layers", layersOf("layers", entries), recorder, recorder.input));
  const kept = structuredClone({ activation, homogeneity, frozenLayers: [...frozenLayers] });
  return recorded(
    "mlp",
    [options],
    tapeNetwork(tape, {
      kind: "mlp",
      homogeneity,
      inhomogeneous: ({ layer }) => `the activation ${layer} is not: choose another, such as relu`,
      withInputDim: (inputDim) => mlp({ ...kept, widths: [inputDim, ...widths.slice(1)] }),
    }),
  );
}

function requireWidths(widths: readonly number[]): readonly number[] {
  if (!Array.isArray(widths) || widths.length < 2)
    refuseAt("widths", `must hold at least [inputDim, outputs], got ${shown(widths)}`, widths);
  for (const [i, width] of widths.entries()) requireInteger(`widths[${i}]`, width, 1);
  return widths;
}

/** The layers that keep their initial weights, of which at least one does not. */
function frozenOf(frozenLayers: readonly number[], layers: number): ReadonlySet<number> {
  const frozen = new Set(requireList("frozenLayers", frozenLayers, "layers"));
  for (const layer of frozen) {
    requireInteger("frozenLayers", layer, 0);
    if (layer >= layers) refuseAt("frozenLayers", `there is no layer ${layer}, the last is ${layers - 1}`, layer);
  }
  if (frozen.size === layers) refuseAt("frozenLayers", "at least one layer must be trainable", frozenLayers);
  return frozen;
}

function refuseAt(path: keyof MlpOptions, complaint: string, value: unknown): never {
  throw new DefinitionError(`mlp.${path}: ${complaint}`, { path, value });
}

export const mlpMember: NetworkMember = { factory: "mlp", make: mlp, title: "multilayer perceptron" };
