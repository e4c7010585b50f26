import { readFile } from "node:fs/promises";
import { type DatasetFiles, type ExperimentDefinition, execute, type Row, runsOf } from "@steepest/experiments";
import { binaryUrl, type KernelFactory, loadKernels } from "@steepest/kernels";

export const kernels: KernelFactory = await loadKernels(await readFile(binaryUrl()));

/** Files of definitions that need none. */
export const noFiles: DatasetFiles = { images: () => Promise.reject(new Error("no file is needed here")) };

/** The rows of one arm under one seed. */
export async function recorded(definition: ExperimentDefinition, arm: string, seed: number, files: DatasetFiles = noFiles): Promise<Row[]> {
  const { run } = runsOf({ ...definition, seeds: [seed] }).find((planned) => planned.arm === arm)!;
  const rows: Row[] = [];
  for await (const event of execute(run, { kernels, files })) if (event.kind === "row") rows.push(event.row);
  return rows;
}
