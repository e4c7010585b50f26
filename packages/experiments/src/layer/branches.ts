import { branches as coreBranches, type LayerEntry } from "@steepest/core";
import { field, z } from "../definition/schema.js";
import { type LayerMember, layerMember } from "./member.js";

/** A sum of branches, each a list of entries E; an empty list is the input itself. */
export interface BranchesChoice<E> {
  readonly kind: "branches";
  readonly sum: readonly (readonly E[])[];
}

const example = [[{ kind: "dense", units: 4 }, "relu"], [{ kind: "dense", units: 4 }]];

/** The sum of branches, whose entries are of any kind, itself included. */
export function branches<E>(entry: () => z.ZodType<E>, build: (choice: E) => LayerEntry): LayerMember<BranchesChoice<E>> {
  return layerMember({
    schema: z.strictObject({
      kind: z.literal("branches"),
      sum: field(
        z.array(z.array(z.lazy(entry))).min(2),
        "Lists of layers from the same input, whose outputs are added; [] is the input itself.",
        {
          example,
        },
      ),
    }) as unknown as z.ZodType<BranchesChoice<E>>,
    summary: "the sum of several lists of layers from one input",
    examples: [{ kind: "branches", sum: example } as never],
    build: ({ sum }) => coreBranches({ sum: sum.map((entries) => (entries as readonly E[]).map(build)) }),
  });
}
