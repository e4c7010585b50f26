import { spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { type MessagePort, workerData } from "node:worker_threads";
import { type Heard, heardCell, type ProcessThreadData } from "./conversation.js";
import { lineReader } from "./lines.js";

const { command, signal, port } = workerData as ProcessThreadData & { readonly port: MessagePort };
const cell = new Int32Array(signal);

function tell(heard: Heard): void {
  port.postMessage(heard);
  Atomics.add(cell, heardCell, 1);
  Atomics.notify(cell, heardCell);
}

const guardian = spawn(process.execPath, [fileURLToPath(new URL("./guardian.js", import.meta.url)), command], {
  detached: true, // so that Ctrl-C, which goes to every process of the terminal's group, leaves it to end the command
  stdio: ["pipe", "pipe", "inherit", "pipe"],
});
const lifeline = guardian.stdio[3] as Duplex;
/** Longest delay of the end by an escaped process that still holds the command's stdout. */
const drainMilliseconds = 500;

let over = false;
let wanted = true;
let how = "";

function leave(): void {
  port.close();
  for (const stream of [guardian.stdin!, guardian.stdout!, lifeline]) stream.destroy();
}

function finish(): void {
  if (over) return;
  over = true;
  if (wanted) tell({ lost: how || "ended" });
  else leave();
}

lifeline.on("data", (chunk: Buffer) => {
  how += chunk;
});
guardian.stdout!.on(
  "data",
  lineReader((line) => tell({ line })),
);
guardian.on("error", (error) => tell({ lost: error.message }));
guardian.on("close", finish);
guardian.on("exit", () => (wanted ? setTimeout(finish, drainMilliseconds) : finish()));
for (const stream of [guardian.stdin!, lifeline]) stream.on("error", () => {}); // its end is told by "exit"
port.on("message", (line: string | null) => {
  if (line !== null) guardian.stdin!.write(`${line}\n`);
  else if (over) leave();
  else {
    wanted = false;
    lifeline.destroy();
  }
});
