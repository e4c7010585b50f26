import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { serveFolders } from "../../src/serve/server.js";

export interface Served {
  readonly root: string;
  readonly page: string;
  readonly runs: string;
  readonly port: number;
}

/** A server over a made-up page and an empty folder of runs, for all tests of a file. */
export function served(): Served {
  const root = mkdtempSync(join(tmpdir(), "steepest-serve-"));
  const [page, runs] = [join(root, "page"), join(root, "runs")];
  const found = { root, page, runs, port: 0 };
  let close: () => void = () => {};
  beforeAll(async () => {
    mkdirSync(runs);
    write(page, "index.html", "<!doctype html><title>Steepest</title>");
    const { server } = await serveFolders({ page, runs }, 0);
    found.port = (server.address() as AddressInfo).port;
    close = () => server.close();
  });
  afterAll(() => {
    close();
    rmSync(root, { recursive: true, force: true });
  });
  return found;
}

/** Writes a file and the folders that it needs. */
export function write(folder: string, name: string, content: string | Uint8Array): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
