import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The policy under which the documentation promises that the package works. */
export const strictPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:";

/** The policy of the laboratory page, whose decoder of Zstandard fetches itself from an address that holds it. */
const pagePolicy = strictPolicy.replace("connect-src 'self'", "connect-src 'self' data:");

/** Policies by the first part of the path; the rest is the file. */
const policies: Readonly<Record<string, string | undefined>> = {
  plain: undefined,
  strict: strictPolicy,
  page: pagePolicy,
  withoutWasm: strictPolicy.replace(" 'wasm-unsafe-eval'", ""),
};

export interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
  /** true: the end of the body never comes. */
  readonly stalls?: boolean;
}

export interface StaticServer extends AsyncDisposable {
  readonly origin: string;
  /** Every file that was answered, in the order of the answers; one that was requested twice is there twice. */
  readonly served: readonly string[];
  /** Reports of browsers about violated policies, in pages and workers. */
  readonly reports: readonly string[];
}

/** Serves `folder` below every policy, and `answers` under their names below /answers/. */
export async function serve(folder: string, answers: Readonly<Record<string, Answer>> = {}): Promise<StaticServer> {
  const reports: string[] = [];
  const served: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, "http://localhost").pathname));
    if (path === "/report") {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        reports.push(body);
        response.writeHead(204).end();
      });
      return;
    }
    const [, policy = "", ...rest] = path.split("/");
    const answer = policy === "answers" ? answers[rest.join("/")] : undefined;
    if (answer) {
      response.writeHead(200, { "content-type": answer.type }).write(answer.body);
      if (!answer.stalls) response.end();
      return;
    }
    if (!Object.hasOwn(policies, policy)) {
      response.writeHead(404).end("not found");
      return;
    }
    const csp = policies[policy];
    const headers = csp === undefined ? {} : { "content-security-policy": `${csp}; report-uri /report` };
    readFile(join(folder, ...rest)).then(
      (body) => {
        served.push(rest.join("/"));
        response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream", ...headers }).end(body);
      },
      () => response.writeHead(404, headers).end("not found"),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served,
    reports,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
