import { parseRunName, type RecordFile, RowsParser } from "@steepest/core/internal";
import { parseDescribedRun, recordedRows } from "@steepest/experiments";
import { runningHash, textHash } from "./hashes.js";
import type { OpenedRun } from "./openedRun.js";
import { readFile, readJson, required } from "./readFile.js";
import type { RunFiles } from "./runFiles.js";

/**
 * Reads and checks one run folder. Without outcome.json the run is incomplete, which is no error: its whole lines are its rows.
 *
 * @throws DataError  if a file is missing, not what it should be, or was changed after the run
 */
export async function readRun(folder: RunFiles): Promise<OpenedRun> {
  const { path } = folder;
  const [study, name] = ["", ...path.split("/")].slice(-2) as [string, string];
  const pathOf = (file: RecordFile): string => `${path}/${file}`;
  const definition = required(pathOf("definition.json"), await readJson(folder, "definition.json"));
  const environment = await readJson(folder, "environment.json");
  const outcome = await readJson(folder, "outcome.json");
  const described = parseDescribedRun({ pathOf, name, definition, environment, outcome }, textHash);

  const parser = new RowsParser(pathOf("rows.jsonl"), runningHash());
  parser.push(required(pathOf("rows.jsonl"), await readFile(folder, "rows.jsonl")));
  const rows = recordedRows(described, parser.finish(), textHash);
  const { run, sealed } = described;
  return {
    path,
    study,
    arm: parseRunName(name)?.arm ?? name,
    seed: run.seed,
    run,
    data: described.environment.data,
    rows,
    outcome: sealed?.end.outcome,
    resultHash: sealed?.resultHash,
    isSealed: sealed?.endHash !== undefined,
  };
}
