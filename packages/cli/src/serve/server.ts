import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SteepestError } from "@steepest/core";
import { jsonText } from "../jsonText.js";
import { answerUnreadable } from "./answerUnreadable.js";
import { containedFile } from "./containedFile.js";
import { loopback } from "./loopback.js";
import { ownTarget } from "./ownTarget.js";
import { readerGone } from "./readerGone.js";
import { isRefusal, type Refusal, refusal } from "./refusal.js";
import { requestPath } from "./requestPath.js";
import { responseHeaders } from "./responseHeaders.js";
import { isServed } from "./runFolders.js";
import { type RunIndex, RunIndexer } from "./runIndex.js";
import { sendFile } from "./sendFile.js";
import { sendFailure, sendRefusal, sendText } from "./sendText.js";
import { sharedWork } from "./sharedWork.js";

export interface Folders {
  /** Folder of the built page. */
  readonly page: string;
  /** Folder that holds the studies. */
  readonly runs: string;
}

/** The port is taken, or needs rights that the process does not have. */
export class PortError extends SteepestError {
  override readonly code = "PORT";
  constructor(port: number, cause: NodeJS.ErrnoException) {
    super(`--port: cannot listen on ${loopback}:${port}: ${cause.message}`, {
      path: "--port",
      value: port,
      cause,
      hint: "choose another one; --port 0 takes any that is free",
    });
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
export async function serveFolders({ page, runs }: Folders, port: number): Promise<{ readonly server: Server; readonly url: string }> {
  const indexer = new RunIndexer(runs);
  const site: Site = { page, runs, index: sharedWork((signal) => indexer.index(signal)) };
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    void answer(site, request, response);
  });
  server.on("clientError", answerUnreadable);
  server.on("checkExpectation", (_, response: ServerResponse) => {
    setHeaders(response);
    sendRefusal(response, refusal(417, "no expectation is met here"));
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

interface Site extends Folders {
  readonly index: (gone: AbortSignal) => Promise<RunIndex>;
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  setHeaders(response);
  try {
    const problem = await respond(site, request, response);
    if (problem) sendRefusal(response, problem);
  } catch (error) {
    if (response.headersSent || response.destroyed)
      response.destroy(); // the reader has gone, or the file with it
    else sendFailure(response, error as Error);
  }
}

function setHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(responseHeaders)) response.setHeader(name, value);
}

/** Answers a request, or refuses it with a reason. */
async function respond({ page, runs, index }: Site, request: IncomingMessage, response: ServerResponse): Promise<Refusal | undefined> {
  const target = ownTarget(request);
  if (typeof target !== "string") return target;
  if (request.method !== "GET" && request.method !== "HEAD") return refusal(405, "only GET and HEAD are answered");
  const segments = requestPath(target);
  if (isRefusal(segments)) return segments;
  const [first, ...below] = segments;
  if (first !== "runs") return respondWithFile(page, segments.length === 0 ? ["index.html"] : segments, response);
  if (below.length === 1 && below[0] === "index.json") {
    sendText(response, jsonText(await index(readerGone(response))), "index.json");
    return undefined;
  }
  return isServed(below) ? respondWithFile(runs, below, response) : refusal(404, "there is no such file");
}

async function respondWithFile(root: string, segments: readonly string[], response: ServerResponse): Promise<Refusal | undefined> {
  const file = await containedFile(root, segments);
  if (isRefusal(file)) return file;
  await sendFile(response, file);
  return undefined;
}
