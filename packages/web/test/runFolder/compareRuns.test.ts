import type { RunDefinition } from "@steepest/experiments";
import { expect, test } from "vitest";
import { compareRuns } from "../../src/runFolder/compareRuns.js";
import { type OpenedRun, readRun } from "../../src/runFolder/readRun.js";
import { temporaryFolder, withFiles, writeRun } from "./writtenRun.js";

async function opened(options: Parameters<typeof writeRun>[1] = {}): Promise<OpenedRun> {
  return readRun(withFiles(await writeRun(temporaryFolder(), options)));
}

const changed = (run: OpenedRun, part: Partial<RunDefinition>): OpenedRun => ({ ...run, run: { ...run.run, ...part } });

test("a run of another seed is said to be that, not to differ from some step on", async () => {
  const [first, other] = [await opened(), await opened({ seed: 1 })];
  expect(compareRuns(first, other)).toBe("another seed, 1 instead of 0: other initial weights, and other data where they are drawn");
});

test("a run of another definition is said to be that, with what is other in it", async () => {
  const first = await opened();
  const { run } = first;
  expect(compareRuns(first, await opened({ arm: "gradient" }))).toBe("another definition: other optimiser");
  expect(compareRuns(first, changed(first, { loss: { kind: "logistic", reduction: "sum" } }))).toBe("another definition: other loss");
  const paced = { ...run.arm, step: { rule: "marginPaced", c: 1 } as const, batch: { size: 2, order: "shuffled" } as never };
  expect(compareRuns(first, changed(first, { arm: paced }))).toBe("another definition: other step rule, batches");
  const init = { law: "normalFanIn", scale: 1 } as const;
  expect(compareRuns(first, changed(first, { network: { kind: "linear", init }, dataset: { ...run.dataset, noise: 1 } as never }))).toBe(
    "another definition: other data set, network",
  );
});

test("a run of the same definition on other data is said to be that", async () => {
  const other = await opened({ data: { files: {}, drawn: "ef".repeat(32) } });
  expect(compareRuns(await opened(), other)).toBe("other data, as the hashes of what the runs were trained on say");
});

test("a run of the same definition has the same rows, or parts at a step", async () => {
  const [first, other] = [await opened(), await opened()];
  expect(compareRuns(first, other)).toBe("bit for bit the same rows");
  const rows = other.rows.map((row) => (row.step >= 4 ? { ...row, logRisk: 7 } : row));
  expect(compareRuns(first, { ...other, rows })).toMatch(/^differs from step \d+ on: logRisk is 7 instead of -?\d/);
  expect(compareRuns(first, { ...other, rows: other.rows.slice(0, -1) })).toMatch(
    /^differs from step \d+ on: only one of them recorded it$/,
  );
});

test("a run that is incomplete, ends elsewhere or records something else is compared in what both recorded", async () => {
  const [first, incomplete] = [await opened(), await opened({ rowCount: 3 })];
  expect(compareRuns(first, incomplete)).toBe("bit for bit the same in what both recorded, 3 rows");
  expect(compareRuns(incomplete, first)).toBe("bit for bit the same in what both recorded, 3 rows");
  const shorter = { ...changed(first, { stop: { steps: 3 } }), rows: first.rows.slice(0, 4) };
  expect(compareRuns(first, shorter)).toBe("bit for bit the same in what both recorded, 4 rows");
  const record = { ...first.run.record, probes: ["logRisk"] };
  const fewer = { ...changed(first, { record }), rows: first.rows.map(({ step, logRisk }) => ({ step, logRisk: logRisk! })) };
  expect(compareRuns(first, fewer)).toBe(`bit for bit the same in what both recorded, ${first.rows.length} rows`);
  const other = { ...fewer, rows: fewer.rows.map((row) => (row.step === 2 ? { ...row, logRisk: 0 } : row)) };
  expect(compareRuns(first, other)).toMatch(/^differs from step 2 on: logRisk is 0 instead of /);
});
