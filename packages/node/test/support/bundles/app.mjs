// An app that bundlers bundle: what it is asked on its command line it prints as JSON, an error as what it says.
import { readFileSync } from "node:fs";
import { createEngine, describeEnvironment, runJobs } from "@steepest/node";
import { trained } from "./trained.mjs";

const asked = {
  train: async () => trained(await createEngine()),
  bytes: async (path) => trained(await createEngine({ wasm: readFileSync(path) })),
  environment: () => describeEnvironment(),
  jobs: (worker) => runJobs({ worker: new URL(worker), threads: 2, jobs: [0.1, 0.2, 0.3] }),
};

const [, , question, argument] = process.argv;
asked[question](argument).then(
  (answer) => console.log(JSON.stringify(answer)),
  ({ code, message, path, hint }) => console.log(JSON.stringify({ code, message, path, hint })),
);
