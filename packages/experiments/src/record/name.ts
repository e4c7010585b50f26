import { canonicalJson } from "@steepest/core";
import { parseRunName, type RecordFile, refuseChanged, type TextHash } from "@steepest/core/internal";
import type { RunDefinition } from "./definition.js";

/** Everything that decides the rows of a run, by whose hash its folder is named. */
export interface DecisiveContent {
  readonly run: RunDefinition;
  /** Version of the code that turns the definition into numbers; runs of the earliest versions were named without it. */
  readonly numerics?: unknown;
  /** Identity of the data, since it is recorded. */
  readonly data?: unknown;
}

/** The members of environment.json that decide the name of a run. */
export const decisiveMembers = ["numerics", "data"] as const;

/**
 * The hash by which a run folder is named.
 *
 * @param content  definition, numerics and data of the run
 * @param hash     SHA-256 of a text, in hex
 * @returns 64 hex digits
 */
export function runHash(content: DecisiveContent, hash: TextHash): string {
  return hash(decisiveText(content));
}

function decisiveText({ run, numerics, data }: DecisiveContent): string {
  return canonicalJson(numerics === undefined ? run : { run, numerics, data });
}

/** The content of a run folder that its name is made of. */
export interface NamedRun {
  /** The path of a file of the folder, for messages. */
  readonly pathOf: (file: RecordFile) => string;
  readonly run: RunDefinition;
  /** The content of environment.json: `numerics` and `data` as far as they are recorded; not checked otherwise. */
  readonly environment: Omit<DecisiveContent, "run">;
}

/**
 * Refuses a run whose folder is named after another: after another seed, or the start of another hash of the run with the numerics that made it and, since they are
 * recorded, its data. A name of another form says nothing.
 *
 * @param named  the run
 * @param name   name of its folder
 * @param hash   SHA-256 of a text, in hex
 * @throws DataError  if the name says another seed, or begins with another hash
 */
export function requireNamed({ pathOf, run, environment: { numerics, data } }: NamedRun, name: string, hash: TextHash): void {
  const named = parseRunName(name);
  if (!named) return;
  const path = pathOf("definition.json");
  if (named.seed !== run.seed) refuseChanged(path, `has seed ${run.seed}, expected ${named.seed} as the folder's name says`, run.seed);
  const text = decisiveText({ run, numerics, data });
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
