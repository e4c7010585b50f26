import { canonicalJson, DataError, type Training } from "@steepest/core";
import { checkData } from "@steepest/core/internal";
import {
  type DatasetDefinition,
  type DrawnData,
  drawData,
  execute,
  networkOfRun,
  pathsReadBy,
  refuseContradictions,
} from "@steepest/experiments";
import { createEngine, type JobContext, serveJobs } from "@steepest/node";
import { type DataFolders, type InputFiles, inputFiles } from "../imageFiles.js";
import { runHost } from "../runHost.js";
import { WeightsSaver } from "../save/weightsSaver.js";
import { type DataIdentity, dataIdentity } from "./dataIdentity.js";
import type { DrawJob, DrawnIdentity, Job, JobMessage, TrainJob } from "./messages.js";
import { StateKeeper } from "./stateKeeper.js";

const progressEveryMs = 100;
const engine = createEngine();
engine.catch(() => {}); // the job that awaits it tells of it; unhandled it would end the thread, with an error of no type
const filesOf = new Map<string, InputFiles>();

function inputOf(folders: DataFolders): InputFiles {
  const key = canonicalJson(folders);
  const input = filesOf.get(key) ?? inputFiles(folders);
  filesOf.set(key, input);
  return input;
}

interface Drawn {
  readonly key: string;
  readonly data: DrawnData;
  readonly identity: DataIdentity;
}

/** The data that were drawn last: the arms of a seed follow each other and share them. */
let last: Drawn | undefined;

async function drawnData(dataset: DatasetDefinition, seed: number, folders: DataFolders): Promise<Drawn> {
  const key = canonicalJson({ dataset, seed, folders });
  if (last?.key === key) return last;
  last = undefined;
  const input = inputOf(folders);
  const { kernels } = await engine;
  const data = await drawData(dataset, seed, { kernels, files: input.files });
  checkData("data", data.train, true);
  last = { key, data, identity: await dataIdentity(dataset, data, input) };
  return last;
}

async function draw({ dataset, network, seed, folders }: DrawJob): Promise<DrawnIdentity> {
  const { data, identity } = await drawnData(dataset, seed, folders);
  refuseContradictions({ dataset, network }, data.train);
  return { identity, remarks: data.remarks ?? [] };
}

async function train(
  { run, data: planned, folders, from, keepEvery, save, best = [] }: TrainJob,
  { post, signal }: JobContext<JobMessage>,
): Promise<void> {
  const { data, identity } = await drawnData(run.dataset, run.seed, folders);
  if (canonicalJson(identity) !== canonicalJson(planned)) {
    const hint = "leave them as they are while a study runs, and start it again";
    const path = [...Object.values(folders.images), ...pathsReadBy(run.dataset)].join(", ") || "dataset";
    throw DataError.at(path, "the data files have changed since the study began", { hint });
  }
  const { kernels } = await engine;
  const saver = new WeightsSaver(
    save,
    best,
    () => networkOfRun(run, data.train),
    (saved) => post({ kind: "weights", saved }),
  );
  const keeper = new StateKeeper(keepEvery, post, () => saver.kept);
  const { atRest } = keeper;
  const atEnd = (training: Training): void => {
    if (training.outcome?.kind !== "diverged") saver.end(training.step, () => training.parameters());
  };
  const events = execute(run, runHost(kernels, inputOf(folders).files), data, { from, atRest, atEnd });
  let told = 0; // only what people see of a run, and when its state is kept, depends on the clock
  for (;;) {
    const next = await events.next();
    if (next.done) {
      post({ kind: "end", end: next.value });
      return;
    }
    if (next.value.kind === "row") {
      saver.row(next.value.row, next.value.weights);
      post({ kind: "row", row: next.value.row });
    } else if (next.value.kind === "warning") post(next.value);
    const now = performance.now();
    if (signal.aborted && keeper.mayEnd) signal.throwIfAborted();
    if (signal.aborted || now - told < progressEveryMs) continue; // an end waits for the next state, which is a step away
    told = now;
    keeper.look(now);
    if (next.value.kind === "progress") post(next.value);
    await new Promise((resolve) => setImmediate(resolve)); // hear an abort
    if (!signal.aborted) continue;
    keeper.wantLast();
    if (keeper.mayEnd) signal.throwIfAborted();
  }
}

serveJobs<Job, DrawnIdentity | undefined, JobMessage>(async (job, context) => {
  if (job.kind === "draw") return draw(job);
  await train(job, context);
  return undefined;
});
