import { readFileSync } from "node:fs";
import { execute, type Row } from "@steepest/experiments";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { receiptOf } from "../../src/replay/receipt.js";
import { probes, runsOfSetup } from "../../src/setup/definition.js";
import type { RaceSetup, Receipt } from "../../src/setup/raceSetup.js";

/** The rows of every arm as the command line records them. */
export async function rowsInNode(setup: RaceSetup): Promise<Row[][]> {
  const kernels = await loadKernels(readFileSync(binaryUrl()));
  const files = { images: () => Promise.reject(new Error("no images here")) };
  return Promise.all(
    runsOfSetup(setup).map(async (run) => {
      const rows: Row[] = [];
      for await (const event of execute(run, { kernels, files })) if (event.kind === "row") rows.push(event.row);
      return rows;
    }),
  );
}

/** The receipt in a link to the whole race. */
export async function receiptInNode(setup: RaceSetup, at: number = setup.steps): Promise<Receipt> {
  return receiptOf(at, await rowsInNode(setup), probes);
}
