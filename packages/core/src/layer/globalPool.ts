import { knownOptions } from "../check/knownKeys.js";
import { requireOneOf } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import { recorded } from "../recipe/recipe.js";
import { sizeOf, vectorOf } from "../tape/featureShape.js";
import type { Operation } from "../tape/operation.js";
import type { Layer, LayerMember } from "./layer.js";

export interface GlobalPoolOptions {
  /** "average": the mean of every channel; "max": its largest entry, the gradient to the first of the largest. */
  readonly of: "average" | "max";
}

/** Global pooling: a channel is laid out as a row of `positions` pixels, which the kernels of maxout and of means take as it is. */
function globalOperation(of: GlobalPoolOptions["of"], channels: number, positions: number): Operation {
  return {
    degree: 1,
    isMajorized: of === "average",
    pytorch: (x) => {
      const rows = `${x}.reshape(-1, ${channels}, ${positions})`;
      return of === "max" ? `${rows}.max(2).values` : `${rows}.mean(2)`;
    },
    scratch: () => ({ bytes: 0 }),
    bind: (kernels) =>
      of === "max"
        ? {
            forward: (x, _w, z, n) => kernels.maxoutForward(x, z, n, channels, positions),
            inputGradient: ({ x, z, dz, dx }, n) => kernels.maxoutBackward(x, z, dz, dx, n, channels, positions),
          }
        : {
            forward: (x, _w, z, n) => kernels.meanForward(x, z, n, channels, positions),
            inputGradient: ({ dz, dx }, n) => kernels.meanBackward(dz, dx, n, channels, positions),
          },
  };
}

/**
 * Global pooling: one number per channel, sums in row-major order.
 *
 * @param options  of: "average" or "max"
 * @returns a layer without weights, of degree 1 in its input, to a vector of channels
 * @throws DefinitionError  on an unknown option, or, where it is used, if a channel is one number already
 */
export function globalPool(options: GlobalPoolOptions): Layer {
  const { of } = knownOptions("globalPool", options, { of: true });
  requireOneOf("globalPool.of", of, ["average", "max"]);
  return recorded("globalPool", [options], {
    kind: "globalPool",
    record: (recorder, input, path) => {
      const { channels, height, width } = input.shape;
      if (height * width === 1) {
        throw new DefinitionError(
          `${path}: must follow an image of more than one pixel, got a vector of ${channels}: there is nothing to pool`,
          {
            path,
            value: of,
            hint: "leave it out; windows need images: give input as { channels, height, width }, and no dense layer before it",
          },
        );
      }
      return recorder.apply(globalOperation(of, channels, sizeOf(input.shape) / channels), input, vectorOf(channels));
    },
  });
}

export const globalPoolMember: LayerMember = {
  factory: "globalPool",
  make: globalPool,
  title: "global pooling",
  examples: () => ({ "global mean": globalPool({ of: "average" }), "global maximum": globalPool({ of: "max" }) }),
};
