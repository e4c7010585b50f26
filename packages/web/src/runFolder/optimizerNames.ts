import { isSteepestError } from "@steepest/core";
import { optimizerName, type RunDefinition } from "@steepest/experiments";
import { readDefinition } from "./readRun.js";
import type { RunFiles } from "./runFiles.js";

/** The optimiser of a run; if it changed during the run, the last one. */
export const armOptimizer = ({ arm }: RunDefinition): string => (arm.phases ? "in phases" : optimizerName(arm.optimizer));

/** Definitions that are read at once, since a server may offer hundreds of runs. */
const atOnce = 6;

/**
 * Optimisers of the runs, by the path of the folder, read from their definitions a few at a time. One that cannot be read has no name until it is opened and
 * refused.
 */
export async function* optimizerNames(found: readonly RunFiles[]): AsyncGenerator<readonly (readonly [string, string])[], void> {
  for (let i = 0; i < found.length; i += atOnce) yield (await Promise.all(found.slice(i, i + atOnce).map(nameOf))).flat();
}

async function nameOf(files: RunFiles): Promise<readonly (readonly [string, string])[]> {
  try {
    return [[files.path, armOptimizer(await readDefinition(files))]];
  } catch (error) {
    if (isSteepestError(error)) return [];
    throw error;
  }
}
