import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type MessagePort, workerData } from "node:worker_threads";
import { type Heard, heardCell, type ProcessThreadData } from "./conversation.js";

const { command, signal, port } = workerData as ProcessThreadData & { readonly port: MessagePort };
const cell = new Int32Array(signal);

function tell(heard: Heard): void {
  port.postMessage(heard);
  Atomics.add(cell, heardCell, 1);
  Atomics.notify(cell, heardCell);
}

const child = spawn(command, { shell: true, stdio: ["pipe", "pipe", "inherit"] });
createInterface({ input: child.stdout }).on("line", (line) => tell({ line }));
child.on("error", (error) => tell({ lost: error.message }));
child.on("close", (code, killedBy) => tell({ lost: `ended with ${killedBy ?? `exit code ${code}`}` }));
child.stdin.on("error", () => {}); // its end is told by "close"
port.on("message", (line: string | null) => {
  if (line === null) child.kill();
  else child.stdin.write(`${line}\n`);
});
