import { canonicalJson, DataError } from "@steepest/core";
import { checkData } from "@steepest/core/internal";
import { type DatasetDefinition, type DrawnData, drawData, execute, refuseContradictions } from "@steepest/experiments";
import { createEngine, type JobContext, serveJobs } from "@steepest/node";
import { type InputFiles, inputFiles } from "../mnistFiles.js";
import { type DataIdentity, dataIdentity } from "./dataIdentity.js";
import type { DrawJob, Job, JobMessage, TrainJob } from "./messages.js";

const progressEveryMs = 100;
const engine = createEngine();
engine.catch(() => {}); // the job that awaits it tells of it; unhandled it would end the thread, with an error of no type
const filesOf = new Map<string, InputFiles>();

interface Drawn {
  readonly key: string;
  readonly data: DrawnData;
  readonly identity: DataIdentity;
}

/** The data that were drawn last: the arms of a seed follow each other and share them. */
let last: Drawn | undefined;

async function drawnData(dataset: DatasetDefinition, seed: number, mnistFolder: string): Promise<Drawn> {
  const key = canonicalJson({ dataset, seed, mnistFolder });
  if (last?.key === key) return last;
  last = undefined;
  const input = filesOf.get(mnistFolder) ?? inputFiles(mnistFolder);
  filesOf.set(mnistFolder, input);
  const { kernels } = await engine;
  const data = await drawData(dataset, seed, { kernels, files: input.files });
  checkData("data", data.train, true);
  refuseContradictions(dataset, data.train);
  last = { key, data, identity: await dataIdentity(dataset, data, input) };
  return last;
}

async function draw({ dataset, seed, mnistFolder }: DrawJob): Promise<DataIdentity> {
  return (await drawnData(dataset, seed, mnistFolder)).identity;
}

async function train({ run, data: planned, mnistFolder }: TrainJob, { post, signal }: JobContext<JobMessage>): Promise<void> {
  const { data, identity } = await drawnData(run.dataset, run.seed, mnistFolder);
  if (canonicalJson(identity) !== canonicalJson(planned)) {
    const hint = "leave them as they are while a study runs, and start it again";
    throw DataError.at(mnistFolder, "the data files have changed since the study began", { hint });
  }
  const { kernels } = await engine;
  const events = execute(run, { kernels, files: filesOf.get(mnistFolder)!.files }, data);
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
}

serveJobs<Job, DataIdentity | undefined, JobMessage>(async (job, context) => {
  if (job.kind === "draw") return draw(job);
  await train(job, context);
  return undefined;
});
