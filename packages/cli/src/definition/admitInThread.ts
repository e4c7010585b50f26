import { Worker } from "node:worker_threads";
import { DefinitionError } from "@steepest/core";
import { unpackError } from "@steepest/core/internal";
import { patience as loadingPatience, type TellModule } from "../moduleFile.js";
import type { Admission, Admitting } from "./admission.js";

/** Milliseconds that a module may take. */
export interface Patience {
  /** Until it has its exports, and its part. */
  readonly load: number;
  /** Until it has answered the laws, on all weights of the network. */
  readonly ask: number;
}

const usual: Patience = { load: loadingPatience, ask: 60_000 };

/** The code of a module that runs. */
interface Running {
  readonly path: string;
  readonly doing: "load" | "ask";
}

const hints = {
  late: "a loop that does not end? steepest check asks the laws of a module one by one",
  ended: "a module returns values or throws, and leaves the process alone: take the call out that ends it",
};

function refusal({ path, doing }: Running, how: string, hint: string, cause?: unknown): DefinitionError {
  const text = doing === "load" ? `cannot be run: ${how}` : `is refused: ${how}`;
  return DefinitionError.at(path, text, { value: path, hint, ...(cause !== undefined && { cause }) });
}

/**
 * Runs the modules of a definition and asks them a few laws, in a thread of its own: this one goes on to hear signals, a module that does not end is ended, and
 * one that ends the process ends no more than the thread.
 *
 * @param admission  the definition, and where it is
 * @param tell       is called as the code of each module begins
 * @param patience   how long it may run
 * @returns the definition with the facts of its files, for `parseDefinition`
 * @throws DefinitionError, DataError  if a module is refused, or a file
 */
export async function admitInThread(admission: Admission, tell: TellModule, patience: Patience = usual): Promise<unknown> {
  const thread = new Worker(new URL("./admissionThread.js", import.meta.url), { workerData: admission });
  let running: Running | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<unknown>((resolve, reject) => {
      const begin = (path: string, doing: Running["doing"]): void => {
        running = { path, doing };
        const milliseconds = patience[doing];
        const how = `it has not ended within ${milliseconds / 1000} s${doing === "ask" ? " of being asked the laws" : ""}`;
        timer = setTimeout(() => reject(refusal({ path, doing }, how, hints.late)), milliseconds);
      };
      thread.on("message", (message: Admitting) => {
        clearTimeout(timer);
        if (message.kind === "load") tell(message.path, message.sha256);
        if (message.kind === "load" || message.kind === "ask") begin(message.path, message.kind);
        else if (message.kind === "admitted") resolve(message.value);
        else if (message.kind === "failed") reject(unpackError(message.error));
      });
      thread.on("error", (error: Error) => {
        reject(running ? refusal(running, `it failed outside of what it was asked: ${error.message}`, hints.ended, error) : error);
      });
      thread.on("exit", (code) => {
        const how = `it ended the program with exit code ${code} instead of answering`;
        reject(running ? refusal(running, how, hints.ended) : new Error(`the thread of the modules ended with exit code ${code}`));
      });
    });
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
