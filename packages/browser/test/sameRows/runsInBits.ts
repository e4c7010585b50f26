import type { KernelFactory } from "@steepest/core";
import { type DatasetFiles, execute, parseDefinition, type RunEnd, runsOf } from "@steepest/experiments";
import { bitsOf } from "../fixture/bits.js";

export interface RunInBits {
  readonly arm: string;
  readonly seed: number;
  /** Probe by probe, as text that is equal only for equal bits. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly end: unknown;
}

const files: DatasetFiles = { images: () => Promise.reject(new Error("no definition here needs a file")) };

/** Every run of a definition as the bits of its rows and outcome: the same code in Node and in a worker. */
export async function runsInBits(definition: unknown, kernels: KernelFactory): Promise<RunInBits[]> {
  const said: RunInBits[] = [];
  for (const { arm, seed, run } of runsOf(parseDefinition(definition))) {
    const rows: Record<string, string>[] = [];
    const events = execute(run, { kernels, files });
    let next: IteratorResult<{ readonly kind: string; readonly row?: unknown }, RunEnd> = await events.next();
    for (; !next.done; next = await events.next()) if (next.value.kind === "row") rows.push(JSON.parse(bitsOf(next.value.row)));
    said.push({ arm, seed, rows, end: JSON.parse(bitsOf(next.value)) });
  }
  return said;
}
