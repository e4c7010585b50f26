import { once } from "node:events";
import { accessSync, constants, opendirSync } from "node:fs";
import { DefinitionError } from "@steepest/core";
import { StorageError } from "@steepest/node";
import { Command } from "commander";
import { withExamples } from "../help/withExamples.js";
import { interruptible } from "../interruption.js";
import { loopback } from "../serve/loopback.js";
import { pageFolder } from "../serve/page.js";
import { serveFolders } from "../serve/server.js";
import { printJson } from "./experiment.js";

interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly page?: string;
  readonly json: boolean;
}

const defaultFolder = "runs";
const defaultPort = 8017;

/** `steepest serve`: runs until SIGINT or SIGTERM, its regular end, with exit code 0. */
export function serveCommand(): Command {
  return withExamples(new Command("serve"), "steepest serve", "steepest serve runs --port 0 --json")
    .description("the page, and the run folders of DIR to open in it; read-only, for this machine alone")
    .argument("[dir]", `folder that keeps the runs (default: ${defaultFolder})`)
    .option("--port <n>", "0 takes any that is free", port, defaultPort)
    .option("--host <address>", "there is only one choice", host, loopback)
    .option("--page <dir>", "another build of the page than the installed one")
    .option("--json", "the address as one JSON document on stdout", false)
    .action((dir: string | undefined, { port, page, json }: ServeOptions) =>
      interruptible(async (signal) => {
        const runs = runsFolder(dir);
        const { server, url } = await serveFolders({ page: pageFolder(page), runs: runs.path }, port);
        if (json) printJson({ url, runs: runs.path });
        else process.stdout.write(`${url}\nruns from ${runs.path}${runs.exists ? "" : ", which is not there yet"}; Ctrl-C ends\n`);
        if (!signal.aborted) await once(signal, "abort");
        const closed = once(server, "close");
        server.close();
        server.closeAllConnections();
        await closed;
      }),
    );
}

function port(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number < 65_536) return number;
  throw DefinitionError.at("--port", `must be an integer from 0 to 65535, got ${value}`, { value });
}

function host(value: string): string {
  if (value === loopback) return value;
  throw DefinitionError.at("--host", `must be ${loopback}, got ${value}`, {
    value,
    hint: `run folders are served to this machine alone; from another one: ssh -L ${defaultPort}:${loopback}:${defaultPort} this-machine`,
  });
}

/** DIR must be a folder that can be read; without it, the page is served even before the first run. */
function runsFolder(dir: string | undefined): { readonly path: string; readonly exists: boolean } {
  const path = dir ?? defaultFolder;
  try {
    opendirSync(path).closeSync();
    accessSync(path, constants.X_OK);
    return { path, exists: true };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (dir === undefined && code === "ENOENT") return { path, exists: false };
    throw StorageError.at(path, `is not a folder that can be read (${code})`, {
      value: code,
      cause,
      hint: "name the folder that --runs of steepest run named",
    });
  }
}
