import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { ContainedFile } from "./containedFile.js";
import { contentType } from "./contentType.js";

/** Sends a file with the length that it has at this moment, since a run may be appending rows, and closes it. */
export async function sendFile(response: ServerResponse, { handle, size, name }: ContainedFile): Promise<void> {
  try {
    response.setHeader("Content-Type", contentType(name));
    response.setHeader("Content-Length", size);
    if (response.req.method === "HEAD" || size === 0) {
      response.end();
      return;
    }
    const bytes = handle.createReadStream({ start: 0, end: size - 1, autoClose: false });
    await pipeline(bytes, response, { end: false });
    if (bytes.bytesRead === size) response.end();
    else response.destroy(); // cut meanwhile: another answer on this connection would be read as the missing bytes
  } finally {
    await handle.close();
  }
}
