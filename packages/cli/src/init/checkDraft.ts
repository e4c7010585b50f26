import { DataError, isSteepestError } from "@steepest/core";
import { checkData } from "@steepest/core/internal";
import { type DatasetFiles, drawData, parseDefinition, refuseContradictions, resolveDefinition } from "@steepest/experiments";
import { createEngine } from "@steepest/node";
import { type Draft, draftedDefinition } from "./draft.js";

/**
 * The draft whose definition runs as it stands: its samples are drawn once, and where no network can separate them, the definition says that they are kept.
 *
 * @param draft  with paths that `files` knows
 * @throws DefinitionError, DataError  with everything that is wrong with it
 */
export async function checkedDraft(draft: Draft, files: DatasetFiles): Promise<Draft> {
  const definition = parseDefinition(await resolveDefinition(draftedDefinition(draft).plain, files));
  const { kernels } = await createEngine();
  const { train } = await drawData(definition.dataset, definition.seeds[0]!, { kernels, files });
  checkData("data", train, true);
  try {
    refuseContradictions(definition, train);
  } catch (error) {
    if (!isSteepestError(error) || error.code !== new DataError("").code) throw error;
    return { ...draft, isContradictory: true };
  }
  return draft;
}
