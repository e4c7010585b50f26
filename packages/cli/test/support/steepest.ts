import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The built program, as it is installed. */
export const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
if (!existsSync(main)) throw new Error(`${main} is missing: these tests drive the built command line, run "pnpm run build" first`);

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Start {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another engine than the one that runs the tests. */
  readonly node?: string;
}

/** Starts `steepest` with pipes for its output and nothing in its environment that would turn colours off or narrow its lines. */
export function start(args: readonly string[], { cwd, env, node = process.execPath }: Start = {}): ChildProcess {
  const { NO_COLOR: _, FORCE_COLOR: __, STEEPEST_MNIST: ___, COLUMNS: ____, ...inherited } = process.env;
  return spawn(node, [main, ...args], { cwd, env: { ...inherited, ...env }, stdio: ["ignore", "pipe", "pipe"] });
}

export function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  child.stdout!.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

export function steepest(args: readonly string[], options?: Start): Promise<Ended> {
  return ended(start(args, options));
}
