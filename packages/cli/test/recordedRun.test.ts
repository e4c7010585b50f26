import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RunEnd, runsOf } from "@steepest/experiments";
import { openRunFolder } from "@steepest/node";
import { describe, expect, test } from "vitest";
import { type PlacedRun, recordedRun } from "../src/study/recordedRun.js";
import { temporaryFolder, tiny } from "./study.js";

const [planned] = runsOf(tiny);
const data = { files: { mnist: { "train-images": "ab".repeat(32) } }, drawn: "cd".repeat(32) };
const environment = { node: "24.0.0", numerics: "ef".repeat(32), data };
const end: RunEnd = {
  outcome: { kind: "finished", step: 60, reason: "steps" },
  perfectAccuracyStep: 1,
  separationStep: undefined,
  warnings: [{ kind: "warning", what: "chatter", step: 3, value: 2.5, advice: "use a smaller size" }],
};

/** A complete run of made-up rows. */
async function written(rows: readonly object[] = [0, 60].map(row)): Promise<PlacedRun> {
  const root = temporaryFolder();
  const name = "gradient-s0-0123456789ab";
  const writer = await openRunFolder(root, { study: "tiny", name, definition: planned!.run, environment });
  for (const each of rows) writer.appendRow(each);
  writer.complete(end);
  return { ...planned!, name, path: writer.path, environment, data };
}

const row = (step: number): object => ({ step, ...Object.fromEntries(tiny.record.probes.map((probe) => [probe, step / 7])) });

/** Changes the JSON of a file of the run. */
const changing = (file: string, change: (json: never) => unknown) => async (run: PlacedRun, read: (path: string) => unknown) => {
  const path = join(run.path, file);
  writeFileSync(path, JSON.stringify(change(read(path) as never)));
};

test("a run that nobody touched is what it was, of whatever machine", async () => {
  const run = await written();
  const { path } = run;
  expect(recordedRun(run)).toMatchObject({ arm: "gradient", seed: 0, rows: [0, 60].map(row), ...end, path, reused: true });
  expect(recordedRun({ ...run, environment: { ...environment, node: "26.0.0" } })).toBeDefined();
  expect(recordedRun({ ...run, path: join(path, "elsewhere") })).toBeUndefined();
});

describe("an edited file is bad data, told with its path:", () => {
  type Recorded = { readonly outcome: RunEnd };
  const outcome = (change: (recorded: RunEnd) => unknown) =>
    changing("outcome.json", (json: Recorded) => ({ ...json, outcome: change(json.outcome) }));
  const definition = (change: (json: { readonly stop: object }) => unknown) => changing("definition.json", change);
  const environmentOf = (change: (json: typeof environment) => unknown) => changing("environment.json", change);

  test.each([
    ["an outcome of another kind", "outcome.json", outcome((before) => ({ ...before, outcome: { kind: "exploded", step: 60 } }))],
    ["an outcome that is null", "outcome.json", outcome(() => null)],
    ["an outcome before its last row", "outcome.json", outcome((before) => ({ ...before, outcome: { ...before.outcome, step: 7 } }))],
    ["a separation after the end", "outcome.json", outcome((before) => ({ ...before, separationStep: 61 }))],
    ["warnings that are no list", "outcome.json", outcome((before) => ({ ...before, warnings: { what: "chatter" } }))],
    ["a warning of nothing", "outcome.json", outcome((before) => ({ ...before, warnings: [null] }))],
    [
      "a warning of an unknown kind",
      "outcome.json",
      outcome((before) => ({ ...before, warnings: [{ ...before.warnings[0]!, what: "constructor" }] })),
    ],
    ["another definition", "definition.json", definition((json) => ({ ...json, stop: { steps: 61 } }))],
    ["a definition of nothing", "definition.json", definition(() => ({}))],
    ["a definition with more", "definition.json", definition((json) => ({ ...json, extra: 1 }))],
    ["an environment that is null", "environment.json", environmentOf(() => null)],
    ["other numerics", "environment.json", environmentOf((json) => ({ ...json, numerics: "0" }))],
    ["other data", "environment.json", environmentOf((json) => ({ ...json, data: { ...json.data, drawn: "0" } }))],
    ["no data", "environment.json", environmentOf(({ data: _, ...json }) => json)],
  ])("%s", async (_, file, change) => {
    const run = await written();
    await change(run, (path) => JSON.parse(readFileSync(path, "utf8")));
    expect(() => recordedRun(run)).toThrow(expect.objectContaining({ code: "DATA", path: join(run.path, file) }));
  });

  test.each([
    ["no rows", []],
    ["a row without a probe", [row(0), { step: 60 }]],
    ["a probe that is a text", [row(0), { ...row(60), logRisk: "low" }]],
    ["steps that fall", [row(60), row(0)]],
    ["a step twice", [row(0), row(0)]],
    ["rows after the end", [row(0), row(61)]],
  ])("%s", async (_, rows) => {
    const run = await written(rows);
    expect(() => recordedRun(run)).toThrow(expect.objectContaining({ code: "DATA" }));
  });
});
