import { canonicalJson } from "@steepest/core";
import type { Issue } from "../definition/issue.js";
import { type ModulePlace, modulePlaces } from "./places.js";
import { isModulePath } from "./schema.js";

/** The issues of modules that have not been looked at, and of two whose norms have one id. */
export function moduleIssues(tree: unknown): Issue[] {
  const places = modulePlaces(tree);
  return [...unresolved(places), ...sameIds(places)];
}

function unresolved(places: readonly ModulePlace[]): Issue[] {
  const hint =
    "steepest run loads modules from files beside the definition; the page and its links run no code of others; in a program, resolveDefinition(value, files)";
  return places.flatMap(({ path, value: { module, facts } }): Issue[] =>
    isModulePath(module) && facts === undefined
      ? [{ path: [...path, "facts"], text: `are missing: the module ${module} has not been loaded`, value: undefined, hint }]
      : [],
  );
}

/** Probes name norms by their ids, so that one id is one norm. */
function sameIds(places: readonly ModulePlace[]): Issue[] {
  const seen = new Map<string, string>();
  return places.flatMap(({ path, part, value: { options, facts } }): Issue[] => {
    const { id, sha256 } = (facts ?? {}) as Readonly<Record<string, unknown>>;
    if (part !== "norm" || typeof id !== "string" || typeof sha256 !== "string") return [];
    const content = canonicalJson({ sha256, options: options ?? null });
    const other = seen.get(id);
    seen.set(id, content);
    if (other === undefined || other === content) return [];
    const hint = "a module whose norm depends on options says them in its id";
    return [{ path, text: `two different norms of modules have the id "${id}"`, value: id, hint }];
  });
}
