import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { main } from "./steepest.js";

const { stdout } = spawnSync("script", ["--version"], { encoding: "utf8" });

/** The reason why no terminal can be given to a command: `script` of util-linux is missing; other systems' takes other options. Undefined if it can be used. */
export const noTerminal: string | undefined = stdout?.includes("util-linux") ? undefined : "there is no script of util-linux";

/** The character of Ctrl-C, of which the line discipline makes SIGINT. */
export const ctrlC = "\u0003";

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

export interface OnTerminal {
  readonly child: ChildProcess;
  /** Resolves once the terminal shows `text`. */
  shows(text: string | RegExp): Promise<void>;
  type(text: string): void;
  /** Exit code of the program, or 128 and the number of the signal that killed it, as shells tell it. */
  readonly ended: Promise<{ readonly code: number | null; readonly screen: string }>;
}

/** `steepest` on a terminal of 30 lines and 100 columns; `script` is its keyboard and its screen. */
export function onTerminal(args: readonly string[], cwd: string): OnTerminal {
  const command = `stty rows 30 columns 100; exec ${[process.execPath, main, ...args].map(quoted).join(" ")}`;
  const { NO_COLOR: _, FORCE_COLOR: __, STEEPEST_MNIST: ___, CI: ____, ...env } = process.env;
  const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    cwd,
    env: { ...env, TERM: "xterm", SHELL: "/bin/sh" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let screen = "";
  const waiting = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    for (const look of waiting) look();
  });
  return {
    child,
    type: (text) => child.stdin.write(text),
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (typeof text === "string" ? !screen.includes(text) : !text.test(screen)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        child.on("close", () => reject(new Error(`the program ended before it showed ${text}: ${screen}`)));
        look();
      }),
    ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, screen }))),
  };
}
