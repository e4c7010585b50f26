import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { requireUnchanged } from "@steepest/core/internal";
import { checkedRows, parseEnd, parseRunName, requireEndOfRows, requireNamed } from "@steepest/experiments";
import type { OpenedRun } from "./openedRun.js";
import { parseRows } from "./parseRows.js";
import { readDefinition } from "./readDefinition.js";
import { readFile, readJson, required, textOf } from "./readFile.js";
import type { RunFiles } from "./runFiles.js";

/**
 * Reads and checks one run folder. Without outcome.json the run is incomplete, which is no error: its whole lines are its rows.
 *
 * @throws DataError  if a file is missing, not what it should be, or was changed after the run
 */
export async function readRun(folder: RunFiles): Promise<OpenedRun> {
  const { path } = folder;
  const [study, name] = ["", ...path.split("/")].slice(-2) as [string, string];
  const run = await readDefinition(folder);
  const named = parseRunName(name);
  const environment = await readJson(folder, "environment.json");
  if (named) requireNamed({ path: `${path}/definition.json`, run, environment }, named, textHash);

  const pathOf = (file: string): string => `${path}/${file}`;
  const outcome = await readJson(folder, "outcome.json");
  const completion = outcome === undefined ? undefined : parseEnd(pathOf("outcome.json"), outcome, textHash);
  if (completion) requireUnchanged(pathOf, { definition: run, environment }, completion, textHash);

  const rowsPath = pathOf("rows.jsonl");
  const rowsBytes = required(rowsPath, await readFile(folder, "rows.jsonl"));
  const { rows: parsed, torn } = parseRows(rowsPath, textOf(rowsBytes));
  const rows = checkedRows(rowsPath, parsed, run);
  const { data } = (environment ?? {}) as { readonly data?: unknown };
  const opened = { path, study, arm: named?.arm ?? name, seed: run.seed, run, data, rows };
  if (!completion) return { ...opened, outcome: undefined, resultHash: undefined, isSealed: false };
  const { end, resultHash, endHash } = completion;
  requireUnchanged(pathOf, { rows: { hash: hexOf(rowsBytes), count: rows.length, torn } }, completion, textHash);
  requireEndOfRows({ path: pathOf("outcome.json"), end, rows, run });
  return { ...opened, outcome: end.outcome, resultHash, isSealed: endHash !== undefined };
}

const hexOf = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));
const textHash = (text: string): string => hexOf(new TextEncoder().encode(text));
