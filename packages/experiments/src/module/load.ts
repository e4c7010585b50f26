import {
  canonicalJson,
  DataError,
  DefinitionError,
  normOf,
  type PlainNorm,
  type PlainOptimizer,
  plainNorm,
  plainOptimizer,
} from "@steepest/core";
import { isLoaded, keepPart, type LoadedPart } from "@steepest/core/internal";
import type { DatasetFiles, ImportedModule } from "../dataset/dataset.js";
import { type Path, pathText, setAt, valueAt } from "../definition/path.js";
import { plainTree } from "../definition/plainTree.js";
import { type ModulePlace, moduleNormsIn, modulePlaces } from "./places.js";
import { isModulePath, moduleIdPattern } from "./schema.js";

/** A place whose module has a path that can be read. */
interface Source extends ModulePlace {
  readonly value: {
    readonly module: string;
    readonly options?: Readonly<Record<string, unknown>>;
    readonly facts?: Readonly<Record<string, unknown>>;
  };
}

const sourcesIn = (tree: unknown): Source[] => modulePlaces(tree).filter((place): place is Source => isModulePath(place.value.module));

const refuse = (path: Path, text: string, value: unknown, hint?: string): never => {
  throw DefinitionError.at(pathText(path), text, { value, ...(hint !== undefined && { hint }) });
};

/**
 * The module at a path, loaded by the host.
 *
 * @throws DefinitionError  if the host runs no code, or the module cannot be imported
 * @throws DataError        if its content is another than the facts say; none of its code has run then
 */
async function imported(source: Source, files: DatasetFiles, hint: string): Promise<ImportedModule> {
  const {
    path,
    value: { module },
  } = source;
  if (files.module) return files.module(module, (sha256) => requireContent(source, sha256, hint));
  return refuse(
    [...path, "module"],
    `${module} is code, and nothing here runs code of others`,
    module,
    "steepest run loads modules from files beside the definition",
  );
}

const asExported = "export default { id, ... }, a norm or an optimiser of plain functions: docs/modules.md";

/** The part that a module exports: an object, or what a function makes of the options. */
function partOf({ path, value: { module, options } }: Source, { exported }: ImportedModule): LoadedPart {
  const here = [...path, "module"];
  if (exported === undefined || exported === null)
    refuse(here, `${module} exports ${exported === null ? "null" : "nothing"} as its default`, module, asExported);
  let part: unknown = exported;
  if (typeof exported === "function") {
    try {
      part = exported(structuredClone(options ?? {}));
    } catch (cause) {
      throw DefinitionError.at(pathText(here), `the default export of ${module} threw ${String(cause)}`, { value: module, cause });
    }
  } else if (options !== undefined) {
    refuse(
      [...path, "options"],
      `are for a function, and the default export of ${module} is none`,
      options,
      "export default (options) => ({ ... })",
    );
  }
  if (typeof part === "object" && part !== null && !Array.isArray(part) && !(part instanceof Promise)) return part as LoadedPart;
  const got = part === null ? "null" : part instanceof Promise ? "a promise" : Array.isArray(part) ? "a list" : typeof part;
  return refuse(here, `${module} exports ${got}`, module, asExported);
}

/** Runs a check of the core and says where in the definition the refused part stands. */
function at<T>({ path, value: { module } }: Source, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof DefinitionError)) throw cause;
    throw DefinitionError.at(pathText([...path, "module"]), `${module} is refused: ${cause.message}`, {
      value: module,
      cause,
      ...(cause.hint !== undefined && { hint: cause.hint }),
    });
  }
}

function idOf({ path, value: { module } }: Source, { id }: LoadedPart): string {
  if (typeof id === "string" && moduleIdPattern.test(id)) return id;
  return refuse(
    [...path, "module"],
    `${module} says the id ${JSON.stringify(id) ?? "undefined"}`,
    id,
    "a name of letters, digits, dots, hyphens and underscores",
  );
}

/** The members of a plain optimiser that are data. */
type Described = Readonly<Record<"expectation" | "memory" | "norm" | "lengthUnit", unknown>>;

function factsOf(source: Source, part: LoadedPart, sha256: string): Readonly<Record<string, unknown>> {
  const id = idOf(source, part);
  if (source.part === "norm") {
    at(source, () => plainNorm(part as unknown as PlainNorm));
    return { id, sha256 };
  }
  const { norm, ...rest } = part;
  at(source, () => plainOptimizer({ ...(rest as unknown as PlainOptimizer), ...(norm !== undefined && { norm: normOf(norm as never) }) }));
  const { lengthUnit, expectation, memory } = part as unknown as Described;
  if (norm !== undefined && "norm" in source.value) {
    refuse([...source.path, "norm"], `the module ${source.value.module} has a norm of its own`, norm, "leave one of the two out");
  }
  const facts = { id, sha256, lengthUnit, expectation, memory, norm };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

const pinnedHint =
  "the definition's facts pin another content of the module: put that back, or leave facts out of the definition for a run of its own";
const changedHint =
  "the module has changed since the run began or was recorded: put it back, or start the experiment again, where the changed module makes a run of its own";

/** Facts that stand in the definition pin the content of a module, which is no longer run where it is another. */
function requireContent({ path, value: { module, facts } }: Source, sha256: string, hint: string): void {
  if (facts === undefined || facts.sha256 === sha256) return;
  const text = `${module} has the SHA-256 ${sha256}, the definition is about ${String(facts.sha256)}`;
  throw DataError.at(pathText([...path, "module"]), text, { value: sha256, hint });
}

/** Facts that stand in the definition are those that the module says. */
function requireSame({ path, value: { module, facts } }: Source, found: Readonly<Record<string, unknown>>, hint: string): void {
  if (facts === undefined || canonicalJson(facts) === canonicalJson(found)) return;
  throw DataError.at(pathText([...path, "module"]), `${module} says other facts than the definition`, { value: found.sha256, hint });
}

async function loaded(source: Source, files: DatasetFiles, hint: string): Promise<Readonly<Record<string, unknown>>> {
  const module = await imported(source, files, hint);
  requireContent(source, module.sha256, hint); // a host may not have asked
  const part = partOf(source, module);
  const facts = factsOf(source, part, module.sha256);
  requireSame(source, facts, hint);
  keepPart({ ...source.value, facts: { sha256: module.sha256 } }, part);
  return facts;
}

/**
 * Loads the modules that a definition names, and writes what must be known of them into it.
 *
 * @param value  plain data; not modified
 * @returns the definition with the facts of its modules; `value` itself where it names none
 * @throws DefinitionError  if a module is missing, cannot be imported, or exports no norm or optimiser
 * @throws DataError        if it is another than the definition says
 */
export async function withModules(value: unknown, files: DatasetFiles): Promise<unknown> {
  const sources = sourcesIn(value);
  if (sources.length === 0) return value;
  const tree = plainTree(value);
  for (const source of sources) {
    const facts = await loaded(source, files, pinnedHint);
    if (source.part === "optimizer" && !("kind" in source.value)) setAt(tree, [...source.path, "kind"], "module");
    setAt(tree, [...source.path, "facts"], facts);
  }
  recordNamed(tree);
  return tree;
}

/** A norm of a module in the name of a probe. */
const inProbe = /module\(\s*([^()\s]+)\s*\)/g;

/** Writes the norms of arms that probes name into `record.norms`: every run records them, and holds the module of no other arm. */
function recordNamed(tree: unknown): void {
  const record = valueAt(tree, ["record"]) as { probes?: unknown; norms?: unknown } | undefined;
  if (typeof record !== "object" || record === null || !Array.isArray(record.probes)) return;
  const known = moduleNormsIn(tree);
  const recorded = new Set(moduleNormsIn({ record }).keys());
  const named = record.probes.flatMap((probe) => (typeof probe === "string" ? [...probe.matchAll(inProbe)].map(([, id]) => id!) : []));
  const missing = [...new Set(named)].filter((id) => !recorded.has(id)).flatMap((id) => known.get(id) ?? []);
  if (missing.length > 0) record.norms = [...(Array.isArray(record.norms) ? record.norms : []), ...missing.map((norm) => plainTree(norm))];
}

/**
 * Loads the modules of a run that have not been loaded in this process yet.
 *
 * @param run    the run, with the facts of its modules
 * @param files  the files of the host
 * @throws DefinitionError, DataError  if a module is not the one that the run is about
 */
export async function loadModules(run: unknown, files: DatasetFiles): Promise<void> {
  for (const source of sourcesIn(run)) {
    if (!isLoaded(source.value as never)) await loaded(source, files, changedHint);
  }
}
