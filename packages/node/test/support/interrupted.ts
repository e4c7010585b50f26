import { join } from "node:path";
import { openRunFolder, type RunFolderWriter } from "../../src/runFolder.js";

export const definition = { stop: { steps: 10 } };
export const options = { study: "study", name: "arm-s0-0", definition, environment: { numerics: "n1", node: "24" } };
export const same = { accepts: () => true };
export const row = (step: number) => ({ step, logRisk: 1 / (step + 3) });
export const stateAt = (step: number) => ({
  state: { step, frame: Number.NEGATIVE_INFINITY },
  numbers: { theta: Float64Array.of(step, -0, 1e-320) },
});
export const rowsText = (count: number): string =>
  Array.from({ length: count }, (_, step) => `{"logRisk":${1 / (step + 3)},"step":${step}}\n`).join("");
export const fileNames = ["definition.json", "environment.json", "outcome.json", "rows.jsonl"];

/** Rows up to a step, a checkpoint behind every third of them. */
export function write(folder: RunFolderWriter, upTo: number): void {
  const from = folder.resumed?.rows.length ?? 0;
  for (let step = from; step < upTo; step++) {
    folder.appendRow(row(step));
    if (step % 3 === 2) folder.checkpoint(stateAt(step));
  }
}

/** A folder whose writer ended after five rows: one checkpoint behind row 2, another behind row 5. */
export async function interrupted(root: string, changes: Partial<typeof options> = {}, upTo = 7): Promise<string> {
  const folder = await openRunFolder(root, { ...options, ...changes, resume: same });
  write(folder, upTo);
  folder.abandon();
  return folder.path;
}

export const latest = (path: string): string => join(path, "checkpoint.safetensors");
export const before = (path: string): string => join(path, "checkpoint.before.safetensors");
