import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { DataError, type DefinitionError, decodeJson, isSteepestError, type RunOutcome } from "@steepest/core";
import { type ExperimentDefinition, parseDefinition, type RunDefinition } from "@steepest/experiments";
import type { OpenedRun } from "./openedRun.js";
import { parseRows } from "./parseRows.js";
import type { RunFile, RunFiles } from "./runFiles.js";

/** "sign-s0-0123456789ab": arm, seed, and the start of a hash. */
const folderName = /^(?<arm>.+)-s(?<seed>\d+)-[0-9a-f]{12}$/;

/**
 * Reads and checks one run folder. Without outcome.json the run is incomplete, which is no error: its whole lines are its rows.
 *
 * @throws DataError  if a file is missing, not what it should be, or was changed after the run
 */
export async function readRun({ path, files }: RunFiles): Promise<OpenedRun> {
  const text = async (name: string): Promise<string | undefined> => {
    const bytes = await read(`${path}/${name}`, files.get(name));
    return bytes && new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  };
  const names = path.split("/");
  const [name, study = ""] = [names.at(-1)!, names.at(-2)];
  const definitionPath = `${path}/definition.json`;
  const run = parseJson(definitionPath, required(definitionPath, await text("definition.json"))) as RunDefinition;
  const { arm = name, seed } = folderName.exec(name)?.groups ?? {};
  const definition = experimentOf(definitionPath, run, arm);
  if (seed !== undefined && Number(seed) !== run.seed)
    refuse(definitionPath, `has seed ${run.seed}, the folder's name says ${seed}`, run.seed);

  const rowsPath = `${path}/rows.jsonl`;
  const { rows, torn } = parseRows(rowsPath, required(rowsPath, await text("rows.jsonl")), run.record.probes);
  const environment = await text("environment.json");
  const outcome = await text("outcome.json");
  const opened = {
    path,
    study,
    arm,
    seed: run.seed,
    run,
    definition,
    rows,
    environment: environment === undefined ? undefined : parseJson(`${path}/environment.json`, environment),
  };
  if (outcome === undefined) {
    return { ...opened, outcome: undefined, resultHash: undefined, perfectAccuracyStep: undefined, separationStep: undefined };
  }
  if (torn) refuse(rowsPath, "ends within a line although the run is complete", rows.length);
  const end = parseEnd(`${path}/outcome.json`, outcome);
  const hash = bytesToHex(sha256((await read(rowsPath, files.get("rows.jsonl")))!));
  if (hash !== end.resultHash) refuse(rowsPath, `has SHA-256 ${hash}, expected ${end.resultHash} as outcome.json says`, hash);
  return { ...opened, ...end };
}

/** A file may be gone, or closed to us, since it was listed. */
async function read(path: string, file: RunFile | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await file?.bytes();
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    const { message } = cause as Error;
    throw new DataError(`${path}: cannot be read: ${message}`, { path, cause, hint: "open the folder again" });
  }
}

/** The run as an experiment, which is how its definition is checked. */
function experimentOf(path: string, run: RunDefinition, arm: string): ExperimentDefinition {
  const { dataset, network, loss, record, stop, seed, arm: choice, ...others } = (run ?? {}) as RunDefinition;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) refuse(path, `is not the definition of a run: unknown key "${unknown}"`, unknown);
  try {
    return parseDefinition({
      id: "opened",
      source: path,
      question: "what did this run do?",
      dataset,
      network,
      loss,
      arms: { [arm]: choice },
      seeds: [seed],
      stop,
      record,
      claims: [],
      figure: [],
    });
  } catch (cause) {
    if (!isSteepestError(cause)) throw cause;
    return refuse(path, `is not the definition of a run: ${cause.message}`, (cause as DefinitionError).value, cause);
  }
}

type End = Pick<OpenedRun, "perfectAccuracyStep" | "separationStep"> & { readonly outcome: RunOutcome; readonly resultHash: string };

const outcomeKinds: readonly RunOutcome["kind"][] = ["finished", "diverged", "stationary-not-separated", "stalled"];

function parseEnd(path: string, text: string): End {
  const { outcome: end, resultHash } = (parseJson(path, text) ?? {}) as {
    readonly outcome?: Partial<End> | null;
    readonly resultHash?: unknown;
  };
  const { outcome, perfectAccuracyStep, separationStep } = end ?? {};
  if (!outcome || !outcomeKinds.includes(outcome.kind) || !Number.isSafeInteger(outcome.step))
    refuse(path, "does not say how a run ended", end);
  if (typeof resultHash !== "string") refuse(path, "holds no result hash", resultHash);
  return { outcome: outcome!, perfectAccuracyStep, separationStep, resultHash: resultHash as string };
}

function parseJson(path: string, text: string): unknown {
  try {
    return decodeJson(text);
  } catch (cause) {
    return refuse(path, `is not JSON: ${(cause as Error).message}`, undefined, cause);
  }
}

function required(path: string, text: string | undefined): string {
  return text ?? refuse(path, "is missing, expected a run folder with definition.json and rows.jsonl", undefined);
}

function refuse(path: string, problem: string, value: unknown, cause?: unknown): never {
  throw new DataError(`${path}: ${problem}`, { path, value, cause, hint: "open a folder that steepest run has written, unchanged" });
}
