import type { KernelFactory } from "@steepest/core";
import { type DatasetFiles, execute, type Row, type RunDefinition, type RunEnd } from "../../src/index.js";
import { noFiles } from "./tiny.js";

/** A whole run: its rows and its end. */
export async function collect(
  run: RunDefinition,
  kernels: KernelFactory,
  files: DatasetFiles = noFiles,
): Promise<{ rows: Row[]; end: RunEnd }> {
  const rows: Row[] = [];
  const events = execute(run, { kernels, files });
  for (;;) {
    const next = await events.next();
    if (next.done) return { rows, end: next.value };
    if (next.value.kind === "row") rows.push(next.value.row);
  }
}
