import { recorded } from "../recipe/recipe.js";
import { sizeOf, vectorOf } from "../tape/featureShape.js";
import type { Layer, LayerMember } from "./layer.js";

/**
 * The entries of an image as a vector, in the order [channel][row][column], as dense layers take them of themselves; nothing is computed.
 *
 * @returns a layer without weights
 */
export function flatten(): Layer {
  return recorded("flatten", [], {
    kind: "flatten",
    record: (_recorder, { slot, shape }) => ({ slot, shape: vectorOf(sizeOf(shape)) }),
  });
}

export const flattenMember: LayerMember = {
  factory: "flatten",
  make: flatten,
  title: "flattening",
  examples: () => ({ flattening: flatten() }),
};
