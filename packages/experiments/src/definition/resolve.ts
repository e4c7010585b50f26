import type { DatasetFiles, DatasetMember } from "../dataset/dataset.js";
import { datasets } from "../dataset/registry.js";
import { moduleIssues } from "../module/issues.js";
import { withModules } from "../module/load.js";
import type { Issue } from "./issue.js";
import { type Path, valueAt } from "./path.js";
import { resolvedStarts, unreadStarts } from "./starts.js";

/** A data set of a definition whose files must be read before it can be checked. */
interface Resolvable {
  /** As its schema reads it. */
  readonly dataset: never;
  readonly resolve: NonNullable<DatasetMember<unknown>["resolve"]>;
}

/** The data set of a definition from outside, if it is formed and of a kind that is resolved; undefined for any other, which parsing judges. */
function resolvable(tree: unknown): Resolvable | undefined {
  const dataset = valueAt(tree, ["dataset"]);
  const kind = valueAt(tree, ["dataset", "kind"]);
  if (typeof kind !== "string" || !Object.hasOwn(datasets, kind)) return undefined;
  const member = datasets[kind as keyof typeof datasets] as DatasetMember<unknown>;
  const parsed = member.resolve && member.schema.safeParse(dataset);
  return parsed?.success ? { dataset: parsed.data as never, resolve: member.resolve! } : undefined;
}

/**
 * Reads the files that a definition names, and writes into it what must be known of them before anything is drawn: of data sizes, classes and hashes, of modules,
 * whose code runs with that, hashes and descriptions, of initial weights, which must be those of the network, their hash. Other definitions come back as they
 * are, and so do those that are not well formed, which `parseDefinition` refuses.
 *
 * @param value  plain data, as read from JSON; not modified
 * @param files  the files of the host
 * @returns the definition with the facts of its files, for `parseDefinition`
 * @throws DataError        if a file is missing or not what it should be, or is another than the definition says
 * @throws DefinitionError  if a module cannot be run, or exports no norm or optimiser
 */
export async function resolveDefinition(value: unknown, files: DatasetFiles): Promise<unknown> {
  const found = resolvable(value);
  const withData = found ? { ...(value as object), dataset: await found.resolve(found.dataset, files) } : value;
  return resolvedStarts(await withModules(withData, files), files);
}

/** The issues of files that have not been read. */
export function unresolvedIssues(tree: unknown): Issue[] {
  const missing = (path: Path, what: string): Issue => {
    const hint = "steepest run reads them; on the page, drop the file itself; in a program, resolveDefinition(value, files)";
    return { path: [...path, "facts"], text: `are missing: ${what}`, value: undefined, hint };
  };
  const isRead = !resolvable(tree) || valueAt(tree, ["dataset", "facts"]) !== undefined;
  return [
    ...(isRead ? [] : [missing(["dataset"], "the files of the data set have not been read")]),
    ...unreadStarts(tree).map((path) => missing(path, "the file of the initial weights has not been read")),
    ...moduleIssues(tree),
  ];
}
