import { type Arena, type ArenaPlan, bytes, denseScratchBytes, largestOf, type Sized, type Span, shown } from "@steepest/kernels";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireInteger, requireList } from "../check/require.js";
import { DefinitionError, DimensionError } from "../error/errors.js";
import { integerPower } from "../number/power.js";
import { recorded } from "../recipe/recipe.js";
import { type ActivationChoice, activation } from "./activation.js";
import { type LabelledData, type SampleShape, sampleShapeOf } from "./data.js";
import { inputScratch, planInputLayer } from "./inputLayer.js";
import { layout } from "./layout.js";
import { mlpBatchTrainer, mlpScorer, mlpTrainer, scorerSpans, trainerSpans } from "./mlpPass.js";
import type { MlpShape } from "./mlpShape.js";
import type { Network, NetworkMember } from "./network.js";

export interface MlpOptions {
  /** Layer widths [inputDim, hidden..., 1]. */
  readonly widths: readonly number[];
  /** Activation of every layer but the last. */
  readonly activation: ActivationChoice;
  /** Layers, counted from 0, that keep their initial weights. Default none. */
  readonly frozenLayers?: readonly number[];
}

/**
 * A multilayer perceptron without biases.
 *
 *   z₀ = x,  zₗ = act(zₗ₋₁ Wₗᵀ),  score = zₙ₋₁ Wₙᵀ
 *
 * With an activation of degree r, layer l of n has degree r^(n-l); L is their sum over trainable layers (r = 1: their number).
 *
 * @param options  widths [inputDim, hidden..., 1], the activation, and the layers that keep their initial weights
 * @returns a network that is homogeneous in its trainable parameters
 * @throws DefinitionError  on a width below 1, an output width other than 1, or when every layer is frozen
 * @example
 * mlp({ widths: [2, 8, 1], activation: "relu" }).degree // 2
 */
export function mlp(options: MlpOptions): Network {
  refuseUnknownKeys("mlp", options, { widths: true, activation: true, frozenLayers: true });
  const { widths, frozenLayers = [] } = options;
  if (!Array.isArray(widths) || widths.length < 2) {
    throw new DefinitionError(`mlp.widths: must hold at least [inputDim, 1], got ${shown(widths)}`, {
      path: "widths",
      value: widths,
    });
  }
  for (const [i, width] of widths.entries()) requireInteger(`widths[${i}]`, width, 1);
  if (widths.at(-1) !== 1) {
    throw new DefinitionError(`mlp.widths: the last width must be 1 (one score per sample), got ${widths.at(-1)}`, {
      path: "widths",
      value: widths.at(-1),
    });
  }
  const layers = widths.length - 1;
  const frozen = new Set(requireList("frozenLayers", frozenLayers, "layers"));
  for (const layer of frozen) {
    requireInteger("frozenLayers", layer, 0);
    if (layer >= layers)
      throw new DefinitionError(`mlp.frozenLayers: there is no layer ${layer}, the last is ${layers - 1}`, {
        path: "frozenLayers",
        value: layer,
      });
  }
  if (frozen.size === layers)
    throw new DefinitionError("mlp.frozenLayers: at least one layer must be trainable", { path: "frozenLayers", value: frozenLayers });

  const act = activation(options.activation);
  const degrees = widths.slice(1).map((_, layer) => integerPower(act.degree, layers - 1 - layer));
  const parameterLayout = layout(widths, degrees, frozen);
  const shape: MlpShape = {
    widths: [...widths],
    act,
    layout: parameterLayout,
    lowestTrainable: [...degrees.keys()].findIndex((layer) => !frozen.has(layer)),
  };

  const kept = { activation: structuredClone(options.activation), frozenLayers: [...frozen] };
  const check = ({ inputDim }: SampleShape): void => {
    if (inputDim !== shape.widths[0]) {
      throw new DimensionError(`mlp: the data has ${inputDim} input columns, the network expects ${shape.widths[0]}`, {
        path: "widths[0]",
        value: shape.widths[0],
      });
    }
  };

  return recorded("mlp", [options], {
    kind: "mlp",
    inputDim: widths[0]!,
    degree: degrees.reduce((sum, degree, layer) => (frozen.has(layer) ? sum : sum + degree), 0),
    layout: parameterLayout,
    withInputDim: (inputDim) => mlp({ ...kept, widths: [inputDim, ...shape.widths.slice(1)] }),
    plan: (plan: ArenaPlan, samples: SampleShape, pass) => {
      check(samples);
      planInputLayer(plan, samples, pass === "batch");
      plan.spans((pass === "forward" ? scorerSpans : trainerSpans)(shape, samples.sampleCount));
      plan.region(scratch(shape, samples, pass === "batch"));
    },
    scorer: (arena: Arena, parameters: Span, data: LabelledData) =>
      mlpScorer(arena, shape, parameters, data, scratch(shape, sampleShapeOf(data))),
    trainer: (arena: Arena, parameters: Span, data: LabelledData) =>
      mlpTrainer(arena, shape, parameters, data, scratch(shape, sampleShapeOf(data))),
    batchTrainer: (arena: Arena, parameters: Span, data: LabelledData) =>
      mlpBatchTrainer(arena, shape, parameters, data, scratch(shape, sampleShapeOf(data), true)),
  });
}

/** The scratch of every product of a pass, one after another. */
function scratch({ widths }: MlpShape, samples: SampleShape, replaceable = false): Sized {
  const inner = widths.slice(1, -1).map((width, i) => bytes(denseScratchBytes(samples.sampleCount, width, widths[i + 2]!)));
  return largestOf([inputScratch(samples, widths[1]!, replaceable), bytes(denseScratchBytes(1, widths[0]!, widths[1]!)), ...inner]);
}

export const mlpMember: NetworkMember = { factory: "mlp", make: mlp, title: "multilayer perceptron" };
