import { useEffect, useState } from "preact/hooks";
import { optimizerNames } from "../runFolder/optimizerNames.js";
import type { RunFiles } from "../runFolder/runFiles.js";

/** Optimisers of the offered runs, by the path of the folder, as they are read; reading stops while the list is not shown. */
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
