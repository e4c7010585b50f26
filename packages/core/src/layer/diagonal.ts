import { knownOptions } from "../check/knownKeys.js";
import { recorded } from "../recipe/recipe.js";
import { sizeOf } from "../tape/featureShape.js";
import type { Operation } from "../tape/operation.js";
import { withBias } from "./bias.js";
import type { Layer, LayerMember } from "./layer.js";
import { requireWeightOptions, type WeightOptions } from "./weightOptions.js";

function diagonalOperation(size: number): Operation {
  return {
    degree: 1,
    isMajorized: true,
    sampleGradient: "formed",
    pytorch: (x, w) => `${x} * ${w}`,
    scratch: () => ({ bytes: 0 }),
    bind: (kernels) => {
      const rows = (n: number, visit: (row: number) => void): void => {
        for (let i = 0; i < n; i++) visit(8 * i * size);
      };
      return {
        forward: (x, w, z, n) => rows(n, (row) => kernels.multiply(x + row, w, z + row, size)),
        inputGradient: ({ w, dz, dx }, n) => rows(n, (row) => kernels.multiply(dz + row, w, dx + row, size)),
        weightGradient: (x, dz, dw, n) => {
          const [input, delta] = [x, dz].map((ptr) => new Float64Array(kernels.buffer, ptr, n * size)) as [Float64Array, Float64Array];
          const out = new Float64Array(kernels.buffer, dw, size).fill(0);
          for (let i = 0, next = 0; i < n; i++) for (let j = 0; j < size; j++, next++) out[j]! += delta[next]! * input[next]!;
        },
      };
    },
  };
}

/**
 * A diagonal layer: zⱼ = wⱼ xⱼ. Several, and a dense layer of one unit, make a diagonal linear network <u ⊙ v, x>.
 *
 * Norms see one row vector w[1][inputs]: its spectral norm is its Euclidean one.
 *
 * @param options  bias, frozen, weights
 * @returns a layer of one weight vector, of degree 1 in it and in its input
 * @throws DefinitionError  on an unknown option
 */
export function diagonal(options: WeightOptions = {}): Layer {
  const kept = knownOptions("diagonal", options, { bias: true, frozen: true, weights: true });
  requireWeightOptions("diagonal", kept);
  const { bias = false, frozen = false, weights } = kept;
  return recorded("diagonal", [options], {
    kind: "diagonal",
    record: (recorder, input) => {
      const size = sizeOf(input.shape);
      const block = recorder.block({ name: weights, role: "layer", rows: 1, columns: size, fanIn: 1, frozen });
      const product = recorder.apply(diagonalOperation(size), input, input.shape, block);
      return bias ? withBias(recorder, product, { fanIn: 1, frozen }) : product;
    },
  });
}

export const diagonalMember: LayerMember = {
  factory: "diagonal",
  make: diagonal,
  title: "diagonal layer",
  examples: () => ({ "diagonal layer": diagonal() }),
};
