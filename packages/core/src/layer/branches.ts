import { knownOptions } from "../check/knownKeys.js";
import { requireList } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import { recorded } from "../recipe/recipe.js";
import type { FeatureShape } from "../tape/featureShape.js";
import { dense } from "./dense.js";
import type { Layer, LayerEntry, LayerMember } from "./layer.js";
import { layersOf, recordAll } from "./sequence.js";

export interface BranchesOptions {
  /** Lists of layers, each from the same input; an empty one is the input itself. Two at least. */
  readonly sum: readonly (readonly LayerEntry[])[];
}

const shapeText = ({ channels, height, width }: FeatureShape): string => `${channels} x ${height} x ${width}`;

/**
 * The sum of branches, entry by entry: a residual block.
 *
 * Branches of one total degree in the trainable weights keep a network homogeneous: their blocks form a group. An identity beside a branch with weights does
 * not: then the branch of the largest degree is the limit.
 *
 * @param options  sum: the branches
 * @returns a layer with the weights of its branches
 * @throws DefinitionError  on an unknown option, fewer than two branches, or, where it is used, branches of different shapes
 * @example
 * branches({ sum: [[dense({ units: 8 })], [dense({ units: 8 })]] })
 */
export function branches(options: BranchesOptions): Layer {
  const { sum } = knownOptions("branches", options, { sum: true });
  const all = requireList("branches.sum", sum, "lists of layers").map((entries, i) => layersOf(`branches.sum[${i}]`, entries));
  if (all.length < 2) {
    throw new DefinitionError(`branches.sum: must hold two branches at least, got ${all.length}`, { path: "branches.sum", value: sum });
  }
  return recorded("branches", [{ sum: sum.map((entries) => [...entries]) }], {
    kind: "branches",
    record: (recorder, input, path) => {
      const places = all.map((layers, i) => recordAll(`${path}.sum[${i}]`, layers, recorder, input));
      const shapes = new Set(places.map(({ shape }) => shapeText(shape)));
      if (shapes.size > 1) {
        throw new DefinitionError(`${path}.sum: branches must have one shape, got ${[...shapes].join(" and ")}`, {
          path: `${path}.sum`,
          value: sum,
        });
      }
      return recorder.add(places);
    },
  });
}

export const branchesMember: LayerMember = {
  factory: "branches",
  make: branches,
  title: "sum of branches",
  examples: () => ({ "sum of branches": branches({ sum: [[dense({ units: 3 }), "relu"], [dense({ units: 3 })]] }) }),
};
