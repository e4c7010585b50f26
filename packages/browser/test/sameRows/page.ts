import type { Said } from "./worker.js";

/** Rows of a definition, run in a module worker of this page. */
function inWorker(definition: unknown): Promise<Said> {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  const said = new Promise<Said>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Said>) => resolve(data));
    worker.addEventListener("error", ({ message }) => reject(new Error(message || "the worker did not start")));
  });
  worker.postMessage(definition);
  return said.finally(() => worker.terminate());
}

const sameRows = { inWorker };

export type SameRows = typeof sameRows;

(globalThis as unknown as { sameRows: SameRows }).sameRows = sameRows;
