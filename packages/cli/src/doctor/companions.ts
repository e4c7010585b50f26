import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Finding } from "./finding.js";

/** Names of programs that show the page. */
const browsers = ["chromium", "chromium-browser", "google-chrome", "firefox", "microsoft-edge"];

/** The path of the first of the programs that the PATH leads to. */
function onPath(names: readonly string[], path = process.env.PATH ?? ""): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser of this machine, for the page of `steepest serve`. */
export function browserFinding(path?: string): Finding {
  const found = onPath(browsers, path);
  const subject = "browser";
  if (found !== undefined) return { subject, state: "ok", found };
  return {
    subject,
    state: "absent",
    found: "none on the PATH",
    hint: "steepest serve prints an address; from another machine: ssh -L 8017:127.0.0.1:8017 this-machine",
  };
}

/** The batch system: its version, and the job that this process belongs to. */
export function slurmFinding(path?: string): Finding {
  const sbatch = onPath(["sbatch"], path);
  const subject = "Slurm";
  if (sbatch === undefined)
    return { subject, state: "absent", found: "no sbatch on the PATH", hint: "runs are made on this machine alone" };
  const job = process.env.SLURM_JOB_ID;
  return { subject, state: "ok", found: `${versionOf(sbatch)}${job === undefined ? "" : `, in job ${job}`}` };
}

function versionOf(program: string): string {
  try {
    return execFileSync(program, ["--version"], { encoding: "utf8", timeout: 5000, stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return `${program}, which does not tell its version`;
  }
}

/** DuckDB, an optional package for questions in SQL, looked for from the working folder. */
export function duckdbFinding(folder: string = process.cwd()): Finding {
  const subject = "DuckDB";
  const name = "@duckdb/node-api";
  try {
    const require = createRequire(pathToFileURL(join(folder, "any.js")));
    const { version } = require(`${name}/package.json`) as { version: string };
    return { subject, state: "ok", found: `${name} ${version}` };
  } catch {
    return { subject, state: "absent", found: `no ${name}`, hint: `npm install ${name}, to ask run folders in SQL` };
  }
}
