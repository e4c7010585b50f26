import type { ModuleNormExpression, ModuleNorms } from "@steepest/core";
import { type Path, valueAt } from "../definition/path.js";

/** A part of a definition that a module exports. */
export interface ModulePlace {
  readonly path: Path;
  readonly part: "norm" | "optimizer";
  /** As it is written, checked by nobody. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** Members of a part in which norms and optimisers stand; what a module's options hold is the module's own. */
function within(value: unknown, path: Path): ModulePlace[] {
  if (typeof value !== "object" || value === null) return [];
  const isModule = !Array.isArray(value) && Object.hasOwn(value, "module");
  const own: ModulePlace[] = isModule
    ? [{ path, part: path.at(-1) === "optimizer" ? "optimizer" : "norm", value: value as ModulePlace["value"] }]
    : [];
  const inner = Object.entries(value).filter(([key, entry]) => typeof entry === "object" && (!isModule || key === "norm"));
  return [...own, ...inner.flatMap(([key, entry]) => within(entry, [...path, Array.isArray(value) ? Number(key) : key]))];
}

/** The places where definitions and runs hold norms and optimisers. */
const roots: readonly Path[] = [["arms"], ["arm"], ["record", "norms"]];

/**
 * The parts of a definition, or of a run, that modules export, in the order of the file.
 *
 * @param tree  a definition, checked or not
 */
export const modulePlaces = (tree: unknown): ModulePlace[] => roots.flatMap((root) => within(valueAt(tree, root), root));

/**
 * The norms of modules that texts in a definition, such as names of probes, can name.
 *
 * @param tree  a definition or a run whose modules have been looked at
 * @returns expressions by the ids that the modules say
 */
export function moduleNormsIn(tree: unknown): ModuleNorms {
  const found = modulePlaces(tree).flatMap(({ part, value }): [string, ModuleNormExpression][] => {
    const expression = value as unknown as ModuleNormExpression;
    return part === "norm" && expression.facts ? [[expression.facts.id, expression]] : [];
  });
  return new Map(found);
}
