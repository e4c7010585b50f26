import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { contentType } from "./contentType.js";
import { responseHeaders } from "./responseHeaders.js";

const byCode: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers a request that cannot be parsed, or does not come to its end, as Node would, but with the headers of every answer; then closes the connection. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  const hasAnswered = "bytesWritten" in socket && (socket.bytesWritten as number) > 0; // what came now would stand within another answer
  if (!socket.writable || hasAnswered) {
    socket.destroy();
    return;
  }
  const status = byCode[error.code ?? ""] ?? 400;
  const body = `${STATUS_CODES[status]}\n`;
  const headers = {
    ...responseHeaders,
    "Content-Type": contentType("reason.txt"),
    "Content-Length": Buffer.byteLength(body),
    Connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", body].join("\r\n"), () => socket.destroy());
}
