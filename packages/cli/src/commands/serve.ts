import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { DefinitionError } from "@steepest/core";
import { StorageError } from "@steepest/node";
import { Command } from "commander";
import { pageFolder } from "../serve/page.js";
import { loopback, serveFolders } from "../serve/server.js";
import { printJson } from "./experiment.js";

interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly page?: string;
  readonly json: boolean;
}

const defaultFolder = "runs";
const defaultPort = 8017;

/** `steepest serve`: until SIGINT or SIGTERM, which is how it is meant to end: exit code 0. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("the page, and the run folders of DIR to open in it; read-only, for this machine alone")
    .argument("[dir]", `folder that keeps the runs (default: ${defaultFolder})`)
    .option("--port <n>", "0 takes any that is free", port, defaultPort)
    .option("--host <address>", "there is only one choice", host, loopback)
    .option("--page <dir>", "another build of the page than the installed one")
    .option("--json", "the address as one JSON document on stdout", false)
    .action(async (dir: string | undefined, { port, page, json }: ServeOptions) => {
      const runs = runsFolder(dir);
      const { server, url } = await serveFolders({ page: pageFolder(page), runs }, port);
      const ended = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
      if (json) printJson({ url, runs });
      else process.stdout.write(`${url}\nruns from ${runs}; Ctrl-C ends\n`);
      await ended;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
}

function port(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number < 65_536) return number;
  throw new DefinitionError(`--port: must be an integer from 0 to 65535, got ${value}`, { path: "--port", value });
}

function host(value: string): string {
  if (value === loopback) return value;
  throw new DefinitionError(`--host: must be ${loopback}, got ${value}`, {
    path: "--host",
    value,
    hint: `run folders are served to this machine alone; from another one: ssh -L ${defaultPort}:${loopback}:${defaultPort} this-machine`,
  });
}

/** DIR must be there; without it, the page is served even before the first run. */
function runsFolder(dir: string | undefined): string {
  if (dir === undefined) return defaultFolder;
  if (existsSync(dir) && statSync(dir).isDirectory()) return dir;
  throw new StorageError(`${dir}: is not a folder that can be read`, {
    path: dir,
    hint: "name the folder that --runs of steepest run named",
  });
}
