// The whole main job as a user runs it, 6 arms x 3 seeds x 5000 epochs through the command line, into an empty folder: node bench/job/start.mjs
// Prints one JSON document: wall and CPU seconds.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));
const runs = mkdtempSync(join(tmpdir(), "steepest-bench-"));
const start = performance.now();
const { status, stderr } = spawnSync(process.execPath, [program, "reproduce", "mnist-3v6", "--runs", runs, "--progress", "none"], {
  encoding: "utf8",
});
const wallSeconds = (performance.now() - start) / 1e3;
rmSync(runs, { recursive: true, force: true });
if (status !== 0) throw new Error(`the job ended with ${status}: ${stderr}`);
console.log(JSON.stringify({ wallSeconds }));
