// Run with a small --max-old-space-size: a worker inherits it, and this process prints what became of the jobs.
import { runJobs } from "@steepest/node";

const worker = new URL("./jobs.mjs", import.meta.url);
try {
  await runJobs({ worker, jobs: [{ do: "exhaust" }], threads: 1 });
} catch ({ code, path, hint, cause }) {
  console.log(JSON.stringify({ code, path, hint, cause: cause.code }));
}
