import { losses } from "../loss/registry.js";
import type { Norm } from "../norm/norm.js";
import { norms } from "../norm/registry.js";
import { recipeOf } from "../recipe/recipe.js";

/** The source of a part: a member of a registry, a call of a factory, or the dual of a norm with such a source. */
export type PartSource =
  | { readonly registry: "norms" | "losses"; readonly id: string }
  | { readonly dualOf: Norm }
  | { readonly factory: string; readonly args: readonly unknown[] };

const registries = { norms, losses } as const;

/** The source of a part; undefined for data, and for parts that were made of functions, which cannot be made again elsewhere. */
export function sourceOf(part: object): PartSource | undefined {
  for (const [registry, members] of Object.entries(registries)) {
    const id = Object.entries(members).find(([, member]) => member === part)?.[0];
    if (id !== undefined) return { registry: registry as keyof typeof registries, id };
  }
  const recipe = recipeOf(part);
  if (recipe) return recipe;
  const { dual } = part as Partial<Norm>;
  return dual && dual.dual === part && hasSource(dual) ? { dualOf: dual } : undefined;
}

function hasSource(norm: Norm): boolean {
  return recipeOf(norm) !== undefined || Object.values(norms).includes(norm);
}

/** A member of a registry; undefined for an id that this version does not know. */
export function memberOf(registry: "norms" | "losses", id: string): object | undefined {
  const members: Readonly<Record<string, object>> = registries[registry];
  return Object.hasOwn(members, id) ? members[id] : undefined;
}
