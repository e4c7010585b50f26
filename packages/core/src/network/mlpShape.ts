import { shown } from "@steepest/kernels";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireInteger, requireList } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import { integerPower } from "../number/power.js";
import { type Activation, type ActivationChoice, activation } from "./activation.js";
import { type Layout, layout } from "./layout.js";

export interface MlpOptions {
  /** Layer widths [inputDim, hidden..., outputs]: 1 output for labels -1 and +1, C for labels 0 to C - 1. */
  readonly widths: readonly number[];
  /** Activation of every layer but the last. */
  readonly activation: ActivationChoice;
  /** Layers, counted from 0, that keep their initial weights. Default none. */
  readonly frozenLayers?: readonly number[];
}

export interface MlpShape {
  readonly widths: readonly number[];
  readonly act: Activation;
  readonly layout: Layout;
  /** No δ is needed below this layer. */
  readonly lowestTrainable: number;
}

/** The shape of a perceptron. @throws DefinitionError  on a width below 1, or when every layer is frozen */
export function mlpShape(options: MlpOptions): MlpShape {
  refuseUnknownKeys("mlp", options, { widths: true, activation: true, frozenLayers: true });
  const { frozenLayers = [] } = options;
  requireWidths(options.widths);
  const widths = [...options.widths];
  const layers = widths.length - 1;
  const frozen = frozenOf(frozenLayers, layers);
  const act = activation(options.activation);
  const degrees = widths.slice(1).map((_, layer) => integerPower(act.degree, layers - 1 - layer));
  const lowestTrainable = degrees.findIndex((_, layer) => !frozen.has(layer));
  return { widths, act, layout: layout(widths, degrees, frozen), lowestTrainable };
}

function requireWidths(widths: readonly number[]): void {
  if (!Array.isArray(widths) || widths.length < 2)
    refuseAt("widths", `must hold at least [inputDim, outputs], got ${shown(widths)}`, widths);
  for (const [i, width] of widths.entries()) requireInteger(`widths[${i}]`, width, 1);
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
