import { knownOptions } from "../check/knownKeys.js";
import { requireInteger } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import { recorded } from "../recipe/recipe.js";
import { sizeOf, vectorOf } from "../tape/featureShape.js";
import type { Operation } from "../tape/operation.js";
import type { Layer, LayerMember } from "./layer.js";

export interface MaxoutOptions {
  /** Neighbouring entries of which the largest is kept; their number divides that of the inputs. */
  readonly pieces: number;
}

function maxoutOperation(units: number, pieces: number): Operation {
  return {
    degree: 1,
    pytorch: (x) => `${x}.reshape(-1, ${units}, ${pieces}).max(2).values`,
    scratch: () => ({ bytes: 0 }),
    bind: (kernels) => ({
      forward: (x, _w, z, n) => kernels.maxoutForward(x, z, n, units, pieces),
      inputGradient: ({ x, z, dz, dx }, n) => kernels.maxoutBackward(x, z, dz, dx, n, units, pieces),
    }),
  };
}

/**
 * Maxout: z_u = max over p of x_(pieces u + p). After a dense layer of units · pieces outputs it is a maxout unit.
 *
 * @param options  pieces: how many neighbouring entries compete; the gradient goes to the first of the largest
 * @returns a layer without weights, of degree 1 in its input, to a vector
 * @throws DefinitionError  on an unknown option, a number below 1, and, where it is used, if it does not divide the number of inputs
 * Source: Goodfellow et al., Maxout networks, ICML 2013.
 */
export function maxout(options: MaxoutOptions): Layer {
  const { pieces } = knownOptions("maxout", options, { pieces: true });
  requireInteger("maxout.pieces", pieces, 1);
  return recorded("maxout", [options], {
    kind: "maxout",
    record: (recorder, input, path) => {
      const size = sizeOf(input.shape);
      if (size % pieces !== 0) {
        throw new DefinitionError(`${path}.pieces: must divide the number of inputs, ${size}, got ${pieces}`, {
          path: `${path}.pieces`,
          value: pieces,
        });
      }
      return recorder.apply(maxoutOperation(size / pieces, pieces), input, vectorOf(size / pieces));
    },
  });
}

export const maxoutMember: LayerMember = {
  factory: "maxout",
  make: maxout,
  title: "maxout",
  examples: () => ({ maxout: maxout({ pieces: 4 }) }),
};
