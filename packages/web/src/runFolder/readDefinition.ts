import { parseRun, type RunDefinition } from "@steepest/experiments";
import { readJson, required } from "./readFile.js";
import type { RunFiles } from "./runFiles.js";

/** The definition of a run folder, without its rows. @throws DataError  if it is not the definition of a run */
export async function readDefinition(files: RunFiles): Promise<RunDefinition> {
  const path = `${files.path}/definition.json`;
  return parseRun(path, required(path, await readJson(files, "definition.json")));
}
