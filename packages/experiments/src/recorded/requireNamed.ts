import { canonicalJson } from "@steepest/core";
import { refuseChanged, type TextHash } from "@steepest/core/internal";
import type { RunDefinition } from "../run.js";
import type { ParsedRunName } from "./parseRunName.js";

/** The content of a run folder that its name is made of. */
export interface NamedRun {
  /** Path of definition.json, for messages. */
  readonly path: string;
  readonly run: RunDefinition;
  /** The content of environment.json, if there is one. */
  readonly environment: unknown;
}

/**
 * Refuses a run whose folder is named after another: after another seed, or the start of another hash of the run with the numerics that made it and, since they are
 * recorded, its data.
 *
 * @throws DataError
 */
export function requireNamed({ path, run, environment }: NamedRun, named: ParsedRunName, hash: TextHash): void {
  if (named.seed !== run.seed) refuseChanged(path, `has seed ${run.seed}, expected ${named.seed} as the folder's name says`, run.seed);
  const { numerics, data } = (environment ?? {}) as { readonly numerics?: unknown; readonly data?: unknown };
  const decisive = numerics === undefined ? run : { run, numerics, ...(data !== undefined && { data }) };
  const text = canonicalJson(decisive);
  const [found, older] = [text, olderText(text)].map((each) => hash(each).slice(0, named.hash.length));
  if (found === named.hash || older === named.hash) return;
  refuseChanged(
    path,
    `has, with the numerics and the data of environment.json, a SHA-256 of ${found}..., expected ${named.hash}... as the folder's name says`,
    found,
  );
}

/** Canonical JSON as it was when -0 was a string. */
const olderText = (text: string): string => text.replace(/(?<=[[:,])-0\.0(?=[,\]}])/g, '"-0"');
