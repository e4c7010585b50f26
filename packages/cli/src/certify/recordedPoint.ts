import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { requireCertifiable } from "@steepest/certificates";
import { canonicalJson, DataError, normFromText, type Training } from "@steepest/core";
import {
  bareNetwork,
  drawData,
  execute,
  loadModules,
  moduleNormsIn,
  networkOfRun,
  pathsReadBy,
  type Row,
  type RunDefinition,
} from "@steepest/experiments";
import { type Engine, latestCheckpoint } from "@steepest/node";
import { type DataFolders, dataFolders, inputFiles } from "../imageFiles.js";
import { tellModules } from "../moduleFile.js";
import { runHost } from "../runHost.js";
import { readRun } from "../runs/readRun.js";
import { dataIdentity } from "../study/dataIdentity.js";
import { numericsVersion } from "../study/numericsVersion.js";
import { runStateOf } from "../study/runCheckpoint.js";
import type { CertifiedPoint } from "./certifiedPoint.js";
import { lastOptimizer } from "./lastOptimizer.js";

/**
 * The weights at the end of a recorded run: those of the state that its folder keeps, or, where it keeps none of this build, of the run made again, which has to give
 * the rows that are recorded.
 *
 * @param path    the folder
 * @param texts   norms that certificates are asked in; none: that of the run's optimiser
 * @param engine  what the run is made again with
 * @param signal  ends that
 * @throws DataError        if the folder holds no complete run, was changed, ended in a divergence, or data or rows come out otherwise than they are recorded
 * @throws DefinitionError  if there are no certificates in one of the norms
 */
export async function recordedPoint(
  path: string,
  texts: readonly string[],
  { kernels }: Engine,
  signal: AbortSignal,
): Promise<CertifiedPoint> {
  const { run, rows: recorded, environment, end, definitionHash } = readRun(path);
  if (!end) throw DataError.at(path, "holds no complete run", { hint: "give the folder of a run that has ended, or a file of weights" });
  if (end.outcome.kind === "diverged") throw DataError.at(path, "diverged, and has no weights to certify");

  const input = inputFiles(foldersOf(path, run), tellModules("plain"));
  const data = await drawData(run.dataset, run.seed, { kernels, files: input.files });
  const known = (environment as unknown as { readonly data?: { readonly drawn?: string } }).data?.drawn;
  if (known !== undefined && known !== (await dataIdentity(run.dataset, data, input)).drawn) {
    throw DataError.at(path, "was made of other data than its definition draws now", {
      hint: "run its experiment again with this version",
    });
  }
  const { train } = data;
  if ("targets" in train) throw DataError.at(path, "is a regression, which has no margins to certify");
  await loadModules(run, input.files);
  const [network, modules, ownNorm] = [networkOfRun(run, train), moduleNormsIn(run), lastOptimizer(run).ownNorm.id];
  for (const text of texts.length > 0 ? texts : [ownNorm]) await requireCertifiable(normFromText(text, modules), network, kernels);
  const { made, training } = await madeAgain(path, run, runHost(kernels, input.files), data, signal);
  if (canonicalJson(made) !== canonicalJson(recorded)) {
    throw DataError.at(path, "gives other rows when it is made again", {
      hint: "it was made by another version, whose weights this one does not have: run its experiment again",
    });
  }
  return {
    target: path,
    network,
    networkDefinition: bareNetwork(run, train),
    data: train,
    weights: training.parameters(),
    sampleWeights: training.weights(),
    ownNorm,
    modules,
    definitionHash,
  };
}

/**
 * The folders of the data of a recorded run, which keeps paths as its definition wrote them. They start from the current folder, or, where the files are not there,
 * from the one that holds its folder of runs; the hashes in its facts tell whether the files are those.
 */
function foldersOf(path: string, { dataset }: RunDefinition): DataFolders {
  const around = resolve(path, "../../..");
  const hasFiles = (base: string): boolean => pathsReadBy(dataset).every((file) => existsSync(resolve(base, file)));
  const missing = `paths of a recorded run start from the current folder, or from ${around}, which holds its folder of runs: go to the folder of the definition that was run`;
  return { ...dataFolders(dataset, [process.cwd(), around].find(hasFiles) ?? process.cwd()), missing };
}

/** Events of the run between two looks at the signal. */
const eventsPerTurn = 256;

/** The rows of a run and its training at the end, from the last state that its folder keeps. */
async function madeAgain(
  path: string,
  run: RunDefinition,
  host: Parameters<typeof execute>[1],
  data: Parameters<typeof execute>[2],
  signal: AbortSignal,
): Promise<{ readonly made: readonly Row[]; readonly training: Training }> {
  const kept = latestCheckpoint(path, numericsVersion());
  const made = [...((kept?.rows ?? []) as readonly Row[])];
  let ended: Training | undefined;
  let count = 0;
  const atEnd = (training: Training): void => {
    ended = training;
  };
  for await (const event of execute(run, host, data, { atEnd, from: kept && runStateOf(kept.checkpoint) })) {
    if (event.kind === "row") made.push(event.row);
    if (++count % eventsPerTurn > 0) continue;
    await setImmediate();
    signal.throwIfAborted();
  }
  return { made, training: ended! };
}
