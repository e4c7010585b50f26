import { useEffect, useState } from "preact/hooks";
import { optimizerNames } from "../runFolder/optimizerNames.js";
import type { RunFiles } from "../runFolder/runFiles.js";

/** By the path of its folder, the optimisers of the runs that are offered, as they are read; while nobody looks, no more of them are. */
export function useOptimizerNames(found: readonly RunFiles[]): ReadonlyMap<string, string> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let isWanted = true;
    const read = async (): Promise<void> => {
      setNames(new Map());
      for await (const some of optimizerNames(found)) {
        if (!isWanted) return;
        setNames((known) => new Map([...known, ...some]));
      }
    };
    read().catch(reportError);
    return () => {
      isWanted = false;
    };
  }, [found]);
  return names;
}
