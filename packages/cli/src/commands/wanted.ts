import { DefinitionError } from "@steepest/core";
import { catalog, filesReadBy, suggestion } from "@steepest/experiments";
import { missingFiles } from "../imageFiles.js";

/** Experiments to reproduce, and those that are left out, each with a sentence that says why. */
export interface Wanted {
  readonly ids: readonly string[];
  readonly skipped: readonly { readonly id: string; readonly because: string }[];
}

/**
 * The catalog's experiments of these ids; all of them for none, but for those whose files were not given. One that is named runs or fails.
 *
 * @throws DefinitionError  if the catalog holds no such experiment
 */
export function wantedOf(ids: readonly string[]): Wanted {
  for (const id of ids) {
    if (catalog.has(id)) continue;
    throw new DefinitionError(`${id}: no experiment of the catalog`, { path: "id", value: id, hint: suggestion(id, [...catalog.keys()]) });
  }
  if (ids.length > 0) return { ids, skipped: [] };
  const skipped = [...catalog].flatMap(([id, { definition }]) => {
    const because = missingFiles(filesReadBy(definition.dataset));
    return because === undefined ? [] : [{ id, because }];
  });
  return { ids: [...catalog.keys()].filter((id) => !skipped.some((one) => one.id === id)), skipped };
}
