import { type DefinitionError, type DefinitionIssue, isSteepestError } from "@steepest/core";
import { refuseChanged } from "@steepest/core/internal";
import { parseDefinition } from "../definition/parse.js";
import type { RunDefinition } from "../run.js";

/**
 * The run that a definition.json of a run folder defines, checked as an experiment of one arm and one seed.
 *
 * @param path  path of the definition.json, for messages
 * @param json  its decoded content
 * @returns the definition of the run
 * @throws DataError  naming what is not as it should be
 */
export function parseRun(path: string, json: unknown): RunDefinition {
  const { dataset, network, loss, record, stop, seed, arm, ...others } = (json ?? {}) as RunDefinition;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) refuseChanged(path, `is not the definition of a run: unknown key "${unknown}"`, unknown);
  try {
    parseDefinition({
      id: "recorded",
      dataset,
      network,
      loss,
      arms: { only: arm },
      seeds: [seed],
      stop,
      record,
    });
  } catch (cause) {
    if (!isSteepestError(cause)) throw cause;
    const [first] = (cause as DefinitionError).issues as [DefinitionIssue];
    refuseChanged(path, `is not the definition of a run: ${first.message}`, first.value, cause);
  }
  return json as RunDefinition;
}
