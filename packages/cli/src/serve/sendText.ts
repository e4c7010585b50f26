import type { ServerResponse } from "node:http";
import { contentType } from "./contentType.js";
import type { Refusal } from "./refusal.js";

/** Sends a text. @param name  decides the content type */
export function sendText(response: ServerResponse, text: string, name: string): void {
  const bytes = Buffer.from(text);
  response.setHeader("Content-Type", contentType(name));
  response.setHeader("Content-Length", bytes.length);
  response.end(bytes);
}

export function sendRefusal(response: ServerResponse, { status, reason }: Refusal): void {
  if (status === 405) response.setHeader("Allow", "GET, HEAD");
  sendReason(response, status, reason);
}

/** Answers with an error of the file system or of this program, not of the request. */
export function sendFailure(response: ServerResponse, { message }: Error): void {
  sendReason(response, 500, `steepest serve failed: ${message}`);
}

function sendReason(response: ServerResponse, status: number, reason: string): void {
  response.statusCode = status;
  response.setHeader("Connection", "close");
  sendText(response, `${reason}\n`, "reason.txt");
}
