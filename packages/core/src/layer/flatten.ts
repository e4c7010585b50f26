import { refuseUnknownKeys } from "../check/knownKeys.js";
import { recorded } from "../recipe/recipe.js";
import { sizeOf, vectorOf } from "../tape/featureShape.js";
import type { Layer, LayerMember } from "./layer.js";

/**
 * The entries of an image as a vector, in the order [channel][row][column], as dense layers take them of themselves; nothing is computed.
 *
 * @param options  none
 * @returns a layer without weights
 */
export function flatten(options: Readonly<Record<never, never>> = {}): Layer {
  refuseUnknownKeys("flatten", options, {});
  return recorded("flatten", [{}], {
    kind: "flatten",
    record: (_recorder, { slot, shape }) => ({ slot, shape: vectorOf(sizeOf(shape)) }),
  });
}

export const flattenMember: LayerMember = { factory: "flatten", make: flatten, title: "flattening" };
