import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { brandError, type SteepestError } from "@steepest/core";
import { jsonText } from "../jsonText.js";
import { containedFile } from "./containedFile.js";
import { contentType } from "./contentType.js";
import { isRefusal, type Refusal, refusal } from "./refusal.js";
import { requestPath } from "./requestPath.js";
import { responseHeaders } from "./responseHeaders.js";
import { isServed } from "./runFolders.js";
import { runIndex } from "./runIndex.js";

/** The only address that is listened on: run folders are nobody else's business. */
export const loopback = "127.0.0.1";

export interface Folders {
  /** The built page. */
  readonly page: string;
  /** Holds the studies. */
  readonly runs: string;
}

/** The port is taken, or needs rights that the process does not have. */
export class PortError extends Error implements SteepestError {
  declare readonly code: "PORT";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(port: number, cause: NodeJS.ErrnoException) {
    super(`--port: cannot listen on ${loopback}:${port}: ${cause.message}`);
    brandError(this, "PORT", { path: "--port", value: port, cause, hint: "choose another one; --port 0 takes any that is free" });
  }
}

/**
 * Serves the page and the run folders, read-only, on loopback.
 *
 *   /                      the page
 *   /runs/index.json       every run folder (`RunIndex`)
 *   /runs/<study>/<run>/   definition.json, environment.json, rows.jsonl, outcome.json
 *
 * @param port  0 takes any that is free
 * @throws PortError
 */
export async function serveFolders(folders: Folders, port: number): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    void answer(folders, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(new PortError(port, cause)));
    server.listen(port, loopback, resolve);
  });
  return { server, url: `http://${loopback}:${portOf(server)}/` };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function answer(folders: Folders, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(responseHeaders)) response.setHeader(name, value);
  try {
    const problem = refuseRequest(request) ?? (await respond(folders, request, response));
    if (problem) refuse(response, problem);
  } catch (error) {
    if (response.headersSent || response.destroyed)
      response.destroy(); // the reader has gone, or the file with it
    else sendText(response, 500, `steepest serve failed: ${(error as Error).message}`);
  }
}

/** Methods that change something, and names that a foreign page could have made to point here (DNS rebinding). */
function refuseRequest({ method, rawHeaders, socket }: IncomingMessage): Refusal | undefined {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === "host");
  const port = socket.localPort;
  const own = [loopback, "localhost"].flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
  if (hosts.length !== 1 || !own.includes(hosts[0]!.toLowerCase())) return refusal(421, `this server answers as ${own[0]} only`);
  return method === "GET" || method === "HEAD" ? undefined : refusal(405, "only GET and HEAD are answered");
}

/** Answers, or says why not. */
async function respond({ page, runs }: Folders, request: IncomingMessage, response: ServerResponse): Promise<Refusal | undefined> {
  const segments = requestPath(request.url!);
  if (isRefusal(segments)) return segments;
  const [first, ...below] = segments;
  if (first !== "runs") return sendFile(page, segments.length === 0 ? ["index.html"] : segments, response);
  if (below.length === 1 && below[0] === "index.json") {
    const text = jsonText(await runIndex(runs));
    response.setHeader("Content-Type", contentType("index.json"));
    response.end(text);
    return undefined;
  }
  return isServed(below) ? sendFile(runs, below, response) : refusal(404, "there is no such file");
}

async function sendFile(root: string, segments: readonly string[], response: ServerResponse): Promise<Refusal | undefined> {
  const file = await containedFile(root, segments);
  if (isRefusal(file)) return file;
  const { handle, size, name } = file;
  try {
    response.setHeader("Content-Type", contentType(name));
    response.setHeader("Content-Length", size);
    // The length is that of the moment: a run may be appending rows.
    if (response.req.method === "HEAD" || size === 0) response.end();
    else await pipeline(handle.createReadStream({ start: 0, end: size - 1, autoClose: false }), response);
  } finally {
    await handle.close();
  }
  return undefined;
}

function refuse(response: ServerResponse, { status, reason }: Refusal): void {
  if (status === 405) response.setHeader("Allow", "GET, HEAD");
  sendText(response, status, reason);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader("Content-Type", contentType("reason.txt"));
  response.setHeader("Connection", "close");
  response.end(`${text}\n`);
}
