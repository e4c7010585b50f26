import { type Arena, type ArenaPlan, bytes, denseScratchBytes, largestOf, type Sized, type Span } from "@steepest/kernels";
import { DimensionError } from "../error/errors.js";
import { recorded } from "../recipe/recipe.js";
import { type SampleShape, type Samples, sampleShapeOf } from "./data.js";
import { inputScratch, planInputLayer } from "./inputLayer.js";
import { mlpBatchTrainer, mlpScorer, mlpTrainer, scorerSpans, trainerSpans } from "./mlpPass.js";
import { type MlpOptions, type MlpShape, mlpShape } from "./mlpShape.js";
import type { Network, NetworkMember } from "./network.js";

/**
 * A multilayer perceptron without biases.
 *
 *   z₀ = x,  zₗ = act(zₗ₋₁ Wₗᵀ),  score = zₙ₋₁ Wₙᵀ
 *
 * With an activation of degree r, layer l of n has degree r^(n-l); L is their sum over trainable layers (r = 1: their number).
 *
 * @param options  widths [inputDim, hidden..., outputs], the activation, and the layers that keep their initial weights
 * @returns a network that is homogeneous in its trainable parameters
 * @throws DefinitionError  on a width below 1, or when every layer is frozen
 * @example
 * mlp({ widths: [2, 8, 1], activation: "relu" }).degree // 2
 */
export function mlp(options: MlpOptions): Network {
  const shape = mlpShape(options);
  const kept = { activation: structuredClone(options.activation), frozenLayers: [...new Set(options.frozenLayers)] };
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
    inputDim: shape.widths[0]!,
    outputs: shape.widths.at(-1)!,
    degree: shape.layout.blocks.reduce((sum, { trainable, degree }) => (trainable ? sum + degree : sum), 0),
    layout: shape.layout,
    withInputDim: (inputDim) => mlp({ ...kept, widths: [inputDim, ...shape.widths.slice(1)] }),
    plan: (plan: ArenaPlan, samples: SampleShape, pass) => {
      check(samples);
      planInputLayer(plan, samples, pass === "batch");
      plan.spans((pass === "forward" ? scorerSpans : trainerSpans)(shape, samples.sampleCount));
      plan.region(scratch(shape, samples, pass === "batch"));
    },
    scorer: (arena: Arena, parameters: Span, data: Samples) =>
      mlpScorer(arena, shape, parameters, data, scratch(shape, sampleShapeOf(data))),
    trainer: (arena: Arena, parameters: Span, data: Samples) =>
      mlpTrainer(arena, shape, parameters, data, scratch(shape, sampleShapeOf(data))),
    batchTrainer: (arena: Arena, parameters: Span, data: Samples) =>
      mlpBatchTrainer(arena, shape, parameters, data, scratch(shape, sampleShapeOf(data), true)),
  });
}

/** The scratch of every product of a pass, one after another. */
function scratch({ widths }: MlpShape, samples: SampleShape, replaceable = false): Sized {
  const inner = widths.slice(1, -1).map((width, i) => bytes(denseScratchBytes(samples.sampleCount, width, widths[i + 2]!)));
  return largestOf([inputScratch(samples, widths[1]!, replaceable), bytes(denseScratchBytes(1, widths[0]!, widths[1]!)), ...inner]);
}

export const mlpMember: NetworkMember = { factory: "mlp", make: mlp, title: "multilayer perceptron" };
