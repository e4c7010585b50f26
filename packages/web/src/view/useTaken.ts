import { useEffect, useState } from "preact/hooks";
import type { Laboratory } from "../lab/laboratory.js";

/** A text that was made for the reader, shown for those who cannot use the clipboard or want to see it. */
export interface Made {
  readonly name: string;
  readonly text: string;
  readonly said: string;
}

interface Taken {
  readonly made: Made | undefined;
  /** Reason why the last action failed. */
  readonly problem: string | undefined;
  /** Runs the action of a button; an error becomes the problem. */
  attempt(act: () => void | Promise<void>): () => void;
  /** Copies a text to the clipboard if the browser allows it, and to `made`. */
  copy(name: string, text: string, note?: string): Promise<void>;
}

/** Texts and problems of taking away a race; empty once it is another race. */
export function useTaken(lab: Laboratory): Taken {
  const [made, setMade] = useState<Made | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  useEffect(() => {
    setMade(undefined);
    setProblem(undefined);
  }, [lab.setup.value]);
  return {
    made,
    problem,
    attempt: (act) => () => {
      setProblem(undefined);
      Promise.resolve()
        .then(act)
        .catch((error: unknown) => {
          setMade(undefined);
          setProblem(error instanceof Error ? error.message : String(error));
        });
    },
    copy: async (name, text, note = "") => {
      const copied = await navigator.clipboard?.writeText(text).then(
        () => true,
        () => false,
      );
      setMade({ name, text, said: `${copied ? `${name} copied.` : `Copy the ${name} from below.`} ${note}`.trim() });
    },
  };
}
