import type { ActivationChoice, LayerEntry } from "@steepest/core";
import { activationSchema } from "../activation/registry.js";
import { build, type OneOf, oneOf } from "../definition/choice.js";
import { z } from "../definition/schema.js";
import { averagePool } from "./averagePool.js";
import { type BranchesChoice, branches } from "./branches.js";
import { conv2d } from "./conv2d.js";
import { dense } from "./dense.js";
import { diagonal } from "./diagonal.js";
import { flatten } from "./flatten.js";
import { globalPool } from "./globalPool.js";
import { maxout } from "./maxout.js";
import { maxPool } from "./maxPool.js";
import type { LayerMember } from "./member.js";

/** Every layer that a definition can name and that holds no other layers. Adding one: its file and a line here. */
export const plainLayers = {
  dense,
  conv2d,
  maxPool,
  averagePool,
  globalPool,
  flatten,
  diagonal,
  maxout,
};

/** An entry of a list of layers: a layer, or an activation. */
export type EntryChoice = OneOf<typeof plainLayers> | BranchesChoice<EntryChoice> | ActivationChoice;

/** Every layer that a definition can name. */
export const layerKinds = { ...plainLayers, branches: branches<EntryChoice>(() => entrySchema, buildEntry) };

export const entrySchema: z.ZodType<EntryChoice> = z
  .union([oneOf("kind", layerKinds), activationSchema])
  .meta({ id: "layer" }) as unknown as z.ZodType<EntryChoice>;

/** The entry of the core that a definition describes. */
export function buildEntry(choice: EntryChoice): LayerEntry {
  if (typeof choice === "string" || !("kind" in choice)) return choice;
  return build(layerKinds as unknown as Readonly<Record<string, LayerMember<unknown>>>, "kind", choice);
}
