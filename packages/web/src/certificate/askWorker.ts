import type { CertificateAnswer, CertificateQuestion } from "./message.js";

/** Makes the worker, and says why one did not start: its error event does not. */
export interface WorkerSource {
  readonly start: () => Worker;
  readonly faultOf: () => Promise<string>;
}

/**
 * The answer of a worker of its own, which is ended with it, or as soon as the signal is: nothing that computes can be stopped otherwise.
 *
 * @throws the signal's reason
 */
export function askWorker(
  { start, faultOf }: WorkerSource,
  question: CertificateQuestion,
  signal: AbortSignal,
): Promise<CertificateAnswer> {
  signal.throwIfAborted();
  const worker = start();
  const failed = (message: string): CertificateAnswer => ({ kind: "failed", problem: { message, hint: "try again, or reload the page" } });
  const answer = new Promise<CertificateAnswer>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    worker.onmessage = ({ data }: MessageEvent<CertificateAnswer>) => resolve(data);
    worker.onmessageerror = () => resolve(failed("the answer of the worker cannot be read"));
    worker.onerror = ({ message }) => {
      if (message) resolve(failed(message));
      else
        void faultOf()
          .catch(String)
          .then((fault) => resolve(failed(fault)));
    };
    worker.postMessage(question);
  });
  return answer.finally(() => worker.terminate());
}
