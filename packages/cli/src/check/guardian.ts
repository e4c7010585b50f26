import { spawn } from "node:child_process";
import { writeSync } from "node:fs";
import { Socket } from "node:net";

/*
 * A process of its own between steepest and a command: it outlives steepest, however that ends, by as long as it takes to end the command and
 * whatever the command started. Requests and answers pass it by: the command has its stdin and stdout.
 */

/** The pipe to steepest: it closes when steepest has gone, or wants an end; the text written to it says how the command ended. */
const lifelineDescriptor = 3;
/** Milliseconds from SIGTERM to SIGKILL. */
const graceMilliseconds = 500;
const pollMilliseconds = 20;

const child = spawn(process.argv[2]!, { shell: true, detached: true, stdio: "inherit" });

/** Signals the command's process group; true if any process of it was left. */
function tellGroup(signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.platform === "win32" ? child.kill(signal) : process.kill(-child.pid, signal);
  } catch {
    return false; // ESRCH: nobody is left
  }
}

let ending = false;

function end(how: string | undefined): void {
  if (ending) return; // the command ends because it was told to
  ending = true;
  if (how !== undefined) writeSync(lifelineDescriptor, how);
  const deadline = performance.now() + graceMilliseconds;
  tellGroup("SIGTERM");
  const look = (): void => {
    if (tellGroup(0) && performance.now() < deadline) return void setTimeout(look, pollMilliseconds);
    tellGroup("SIGKILL");
    process.exit();
  };
  look();
}

child.on("error", (error) => end(error.message));
child.on("exit", (code, killedBy) => end(`ended with ${killedBy ?? `exit code ${code}`}`));
new Socket({ fd: lifelineDescriptor, readable: true, writable: false }).on("close", () => end(undefined)).resume();
