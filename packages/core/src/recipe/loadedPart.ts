import { DefinitionError } from "../error/errors.js";
import { canonicalJson } from "../json/canonicalJson.js";

/** A part that a JavaScript module exports, as data: the module's path, the options that its default export is called with, and what is known of its content. */
export interface ModuleSource {
  readonly module: string;
  /** Plain data. Absent: the default export is the part itself, or a function that is called without any. */
  readonly options?: unknown;
  readonly facts?: { readonly sha256: string } | undefined;
}

/** The part that a module exports: a plain object of functions. */
export type LoadedPart = Readonly<Record<string, unknown>>;

/** Parts by the content of their module, and their options: who has the same content has the same code. */
const loaded = new Map<string, LoadedPart>();

const keyOf = ({ options, facts }: ModuleSource): string => canonicalJson({ sha256: facts?.sha256 ?? null, options: options ?? null });

/**
 * Keeps a part that a host has loaded from a module of this content, for all norms and optimisers of this content and these options in this process.
 *
 * @param source  with the SHA-256 of the content
 * @param part    what the module exports
 */
export function keepPart(source: ModuleSource, part: LoadedPart): void {
  loaded.set(keyOf(source), part);
}

/** True if the part has been loaded in this process. */
export const isLoaded = (source: ModuleSource): boolean => loaded.has(keyOf(source));

/** The part that was loaded. @throws DefinitionError  if none was */
export function loadedPart(source: ModuleSource): LoadedPart {
  const found = loaded.get(keyOf(source));
  if (found) return found;
  throw DefinitionError.at("module", `the code of ${source.module} has not been loaded`, {
    value: source.module,
    hint: "modules are code, which the command line and Node load from files; the page and links run none",
  });
}
