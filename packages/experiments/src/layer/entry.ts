import { type ActivationChoice, branches, type LayerEntry } from "@steepest/core";
import { activationSchema } from "../activation/registry.js";
import { build, type OneOf, oneOf } from "../definition/choice.js";
import { field, z } from "../definition/schema.js";
import { layerKinds } from "./registry.js";

/** A sum of branches, each a list of entries; an empty list is the input itself. */
export interface BranchesChoice {
  readonly kind: "branches";
  readonly sum: readonly (readonly EntryChoice[])[];
}

/** An entry of a list of layers: a layer, a sum of branches, or an activation. */
export type EntryChoice = OneOf<typeof layerKinds> | BranchesChoice | ActivationChoice;

const branchesSchema: z.ZodType<BranchesChoice> = z
  .strictObject({
    kind: z.literal("branches").meta({ description: "the sum of several lists of layers", examples: ["branches"] }),
    sum: field(
      z.array(z.array(z.lazy(() => entrySchema))).min(2),
      "Lists of layers from the same input, whose outputs are added; [] is the input itself.",
      {
        example: [[], [{ kind: "dense", units: 4 }, "relu"]],
      },
    ),
  })
  .meta({ title: "branches", description: "the sum of several lists of layers" });

export const entrySchema: z.ZodType<EntryChoice> = z.union([oneOf("kind", layerKinds), branchesSchema, activationSchema]);

/** The entry of the core that a definition describes. */
export function buildEntry(choice: EntryChoice): LayerEntry {
  if (typeof choice === "string" || !("kind" in choice)) return choice;
  if (choice.kind === "branches") return branches({ sum: choice.sum.map((entries) => entries.map(buildEntry)) });
  return build(layerKinds, "kind", choice);
}
