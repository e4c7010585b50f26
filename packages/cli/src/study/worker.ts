import { execute } from "@steepest/experiments";
import { createEngine, serveJobs } from "@steepest/node";
import { datasetFiles } from "../mnistFiles.js";
import type { Job, JobMessage } from "./messages.js";

const progressEveryMs = 100;
const engine = createEngine();
const filesOf = new Map<string, ReturnType<typeof datasetFiles>>();

serveJobs<Job, void, JobMessage>(async ({ run, mnistFolder }, { post, signal }) => {
  post({ kind: "start" });
  const { kernels } = await engine;
  const files = filesOf.get(mnistFolder) ?? datasetFiles(mnistFolder);
  filesOf.set(mnistFolder, files);
  const events = execute(run, { kernels, files });
  let told = 0; // only what people see of a run depends on the clock
  for (;;) {
    const next = await events.next();
    if (next.done) {
      post({ kind: "end", end: next.value });
      return;
    }
    if (next.value.kind === "row") post({ kind: "row", row: next.value.row });
    else if (next.value.kind === "warning") post(next.value);
    const now = performance.now();
    if (now - told < progressEveryMs) continue;
    told = now;
    if (next.value.kind === "progress") post(next.value);
    await new Promise((resolve) => setImmediate(resolve)); // hear an abort
    signal.throwIfAborted();
  }
});
