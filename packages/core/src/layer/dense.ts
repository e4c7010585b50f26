import { bytes, denseScratchBytes } from "@steepest/kernels";
import { knownOptions } from "../check/knownKeys.js";
import { requireInteger } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import { sizeOf, vectorOf } from "../tape/featureShape.js";
import type { Operation } from "../tape/operation.js";
import { withBias } from "./bias.js";
import type { Layer, LayerMember } from "./layer.js";
import { requireWeightOptions, type WeightOptions } from "./weightOptions.js";

export interface DenseOptions extends WeightOptions {
  /** Outputs. */
  readonly units: number;
}

function denseOperation(inputs: number, outputs: number): Operation {
  return {
    degree: 1,
    isMajorized: true,
    sampleGradient: "input",
    productOutputs: outputs,
    isWhole: outputs > 1, // one row of weights is read as it is
    pytorch: (x, w) => `${x} @ ${w}.T`,
    scratch: (n) => bytes(denseScratchBytes(n, inputs, outputs)),
    bind: (kernels, { ptr }) => ({
      forward: (x, w, z, n) => kernels.denseForward(x, w, z, n, inputs, outputs, ptr),
      inputGradient: ({ w, dz, dx }, n) => kernels.denseInputGradient(dz, w, dx, n, inputs, outputs, ptr),
      weightGradient: (x, dz, dw, n) => kernels.denseWeightGradient(x, dz, dw, n, inputs, outputs, ptr),
    }),
  };
}

/**
 * A dense layer: z = W x, on the entries of images in the order [channel][row][column].
 *
 * @param options  units: the number of outputs; bias, frozen, weights
 * @returns a layer of one weight matrix w[units][inputs], of degree 1 in it and in its input
 * @throws DefinitionError  on an unknown option, or a number of units below 1
 * @example
 * layers({ input: 2, layers: [dense({ units: 8 }), "relu", dense({ units: 1 })] })
 */
export function dense(options: DenseOptions): Layer {
  const { units, ...kept } = knownOptions("dense", options, { units: true, bias: true, frozen: true, weights: true });
  requireInteger("dense.units", units, 1);
  requireWeightOptions("dense", kept);
  const { bias = false, frozen = false, weights } = kept;
  return recorded("dense", [options], {
    kind: "dense",
    record: (recorder, input) => {
      const inputs = sizeOf(input.shape);
      const block = recorder.block({ name: weights, role: "layer", rows: units, columns: inputs, fanIn: inputs, frozen });
      const product = recorder.apply(denseOperation(inputs, units), input, vectorOf(units), block);
      return bias ? withBias(recorder, product, { fanIn: inputs, frozen }) : product;
    },
  });
}

export const denseMember: LayerMember = {
  factory: "dense",
  make: dense,
  title: "dense layer",
  examples: () => ({ dense: dense({ units: 3 }) }),
};
