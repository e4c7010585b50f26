import { parentPort } from "node:worker_threads";
import { DefinitionError } from "@steepest/core";
import { packError, unpackError } from "@steepest/core/internal";
import type { FromWorker, ToWorker } from "./jobMessage.js";

export interface JobContext<Message> {
  /** Sends something to `onMessage` of `runJobs`; it is structured-cloned. */
  readonly post: (message: Message) => void;
  /** Aborts when the jobs are called off. A handler that lets the event loop turn has a moment to tidy up; one that does not is terminated. */
  readonly signal: AbortSignal;
}

/**
 * The worker's side of `runJobs`: answers every job that arrives with the result or error of `handler`.
 *
 * @param handler  runs one job; its result and its error are structured-cloned
 * @throws DefinitionError  outside a worker thread
 */
export function serveJobs<Job, Result, Message>(handler: (job: Job, context: JobContext<Message>) => Promise<Result>): void {
  const port = parentPort;
  if (!port) throw DefinitionError.at("serveJobs", "not in a worker thread, expected a module started by runJobs");
  const controller = new AbortController();
  const send = (message: FromWorker): void => port.postMessage(message);
  const answer = async (index: number, job: Job): Promise<void> => {
    try {
      const post = (message: Message): void => send({ kind: "message", index, message });
      send({ kind: "done", index, result: await handler(job, { post, signal: controller.signal }) });
    } catch (error) {
      send({ kind: "failed", index, error: packError(error) });
    }
  };
  port.on("message", (message: ToWorker) => {
    if (message.kind === "abort") controller.abort(unpackError(message.reason));
    else void answer(message.index, message.job as Job);
  });
}
