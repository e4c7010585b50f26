import { type ChildProcess, fork } from "node:child_process";
import type { FigureSpec } from "@steepest/experiments";
import { crashCause } from "./crashCause.js";
import type { DrawAnswer } from "./messages.js";

/** The parts of a figure that could be drawn; each of them is whole. */
export interface Drawing {
  readonly svg: string | undefined;
  readonly png: Uint8Array | undefined;
  /** Reason for a missing part. */
  readonly problem: string | undefined;
}

export interface DrawOptions {
  readonly signal: AbortSignal;
  /** The module of the drawing process. */
  readonly program?: URL;
  /** Milliseconds after which the process is taken for hung. */
  readonly timeoutMs?: number;
}

const ownProgram = new URL("./drawProcess.js", import.meta.url);
const defaultTimeoutMs = 120_000;
const keptCharacters = 2000;

/**
 * Draws a figure as SVG and PNG in a process of its own, so that a crash costs the figure only.
 *
 * @throws  the reason of `signal`, once that aborts
 */
export async function draw(
  spec: FigureSpec,
  { signal, program = ownProgram, timeoutMs = defaultTimeoutMs }: DrawOptions,
): Promise<Drawing> {
  signal.throwIfAborted();
  let [svg, png, problem]: [string?, Uint8Array?, string?] = [];
  const child = fork(program, { serialization: "advanced", stdio: ["ignore", "ignore", "pipe", "ipc"] });
  child.on("message", (answer: DrawAnswer) => {
    if (answer.kind === "svg") svg = answer.text;
    else if (answer.kind === "png") png = answer.bytes;
    else problem = answer.message;
  });
  const kill = (): boolean => child.kill("SIGKILL");
  signal.addEventListener("abort", kill);
  const timer = setTimeout(() => {
    problem = `it took longer than ${timeoutMs / 1000} s`;
    kill();
  }, timeoutMs);
  try {
    const end = await endOf(child, () => child.send({ spec }, () => {})); // a process that is gone says so by its end
    signal.throwIfAborted();
    return { svg, png, problem: png === undefined ? (problem ?? end) : undefined };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", kill);
  }
}

/** The end of a process in words, with the cause that it left on stderr. */
function endOf(child: ChildProcess, begun: () => void): Promise<string> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(0, keptCharacters);
  });
  return new Promise((resolve) => {
    child.on("spawn", begun);
    child.on("error", (error) => resolve(`the process that draws cannot be started: ${error.message}`));
    child.on("close", (code, signal) => {
      const cause = crashCause(stderr);
      const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
      resolve(`the process that draws ${how}${cause === undefined ? "" : `: ${cause}`}`);
    });
  });
}
