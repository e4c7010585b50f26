import type { RunDefinition } from "@steepest/experiments";
import { useEffect, useState } from "preact/hooks";
import type { RunFiles } from "../runFolder/runFiles.js";
import { optimizerName } from "../setup/definition.js";

/** The optimiser of a run; of one that was exchanged on the way, that. */
export const armOptimizer = ({ arm }: RunDefinition): string => (arm.phases ? "in phases" : optimizerName(arm.optimizer));

/** By the path of its folder, the optimiser of every run that is offered, from its definition. One that cannot be read has no name until it is opened and refused. */
export function useOptimizerNames(found: readonly RunFiles[]): ReadonlyMap<string, string> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let isWanted = true;
    const read = async ({ path, files }: RunFiles): Promise<[string, string][]> => {
      try {
        const bytes = await files.get("definition.json")?.bytes();
        return bytes ? [[path, armOptimizer(JSON.parse(new TextDecoder().decode(bytes)) as RunDefinition)]] : [];
      } catch {
        return [];
      }
    };
    Promise.all(found.map(read)).then((pairs) => {
      if (isWanted) setNames(new Map(pairs.flat()));
    }, reportError);
    return () => {
      isWanted = false;
    };
  }, [found]);
  return names;
}
