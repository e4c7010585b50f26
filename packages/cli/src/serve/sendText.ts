import type { ServerResponse } from "node:http";
import { contentType } from "./contentType.js";
import type { Refusal } from "./refusal.js";

/** @param name  what its content type is chosen by */
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

/** An error that is not the request's: the file system's, or ours. */
export function sendFailure(response: ServerResponse, { message }: Error): void {
  sendReason(response, 500, `steepest serve failed: ${message}`);
}

function sendReason(response: ServerResponse, status: number, reason: string): void {
  response.statusCode = status;
  response.setHeader("Connection", "close");
  sendText(response, `${reason}\n`, "reason.txt");
}
