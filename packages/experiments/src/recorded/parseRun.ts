import { type DefinitionError, isSteepestError } from "@steepest/core";
import { parseDefinition } from "../definition/parse.js";
import type { RunDefinition } from "../run.js";
import { refuse } from "./refuse.js";

/**
 * The run that a definition.json of a run folder defines, checked as an experiment of one arm and one seed.
 *
 * @throws DataError  naming what is not as it should be
 */
export function parseRun(path: string, json: unknown): RunDefinition {
  const { dataset, network, loss, record, stop, seed, arm, ...others } = (json ?? {}) as RunDefinition;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) refuse(path, `is not the definition of a run: unknown key "${unknown}"`, unknown);
  try {
    parseDefinition({
      id: "recorded",
      source: path,
      question: "what did this run do?",
      dataset,
      network,
      loss,
      arms: { only: arm },
      seeds: [seed],
      stop,
      record,
      claims: [],
      figure: [],
    });
  } catch (cause) {
    if (!isSteepestError(cause)) throw cause;
    refuse(path, `is not the definition of a run: ${cause.message}`, (cause as DefinitionError).value, cause);
  }
  return json as RunDefinition;
}
