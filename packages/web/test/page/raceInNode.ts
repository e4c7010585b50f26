import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DatasetFiles, execute, type HashedBytes, type Row } from "@steepest/experiments";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { readSubset } from "../../src/paper/mnistSubset.js";
import { receiptOf } from "../../src/replay/receipt.js";
import { probes, runsOfSetup } from "../../src/setup/definition.js";
import type { RaceSetup, Receipt } from "../../src/setup/raceSetup.js";
import { dist } from "./openedPage.js";

/** The images that the built page has. */
const shipped: DatasetFiles = { images: async () => readSubset(new Uint8Array(readFileSync(join(dist, "assets/mnist-3v6.bin")))) };

/** The rows of every arm as the command line records them. @param start  the file of the initial weights, if there is one */
export async function rowsInNode(setup: RaceSetup, start?: HashedBytes): Promise<Row[][]> {
  const files: DatasetFiles = { ...shipped, ...(start && { bytes: async () => start }) };
  const kernels = await loadKernels(readFileSync(binaryUrl()));
  return Promise.all(
    runsOfSetup(setup).map(async (run) => {
      const rows: Row[] = [];
      for await (const event of execute(run, { kernels, files })) if (event.kind === "row") rows.push(event.row);
      return rows;
    }),
  );
}

/** The receipt in a link to the whole race. */
export async function receiptInNode(setup: RaceSetup, at: number = setup.steps, start?: HashedBytes): Promise<Receipt> {
  return receiptOf(at, await rowsInNode(setup, start), probes);
}
