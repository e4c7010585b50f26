import type { ServerResponse } from "node:http";

/** Aborts when the connection is closed before the answer is complete: by the reader, or by the end of the server. */
export function readerGone(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
