import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson, decodeJson } from "@steepest/core";
import type { SealedOutcome } from "@steepest/core/internal";
import { type RunEnd, runsOf } from "@steepest/experiments";
import { openRunFolder } from "@steepest/node";
import { describe, expect, test } from "vitest";
import { everyChange } from "../../../core/test/support/everyChange.js";
import { type PlacedRun, recordedRun } from "../../src/study/recordedRun.js";
import { temporaryFolder, tiny } from "../support/study.js";

const [planned] = runsOf(tiny);
const data = { files: { mnist: { "train-images": "ab".repeat(32) } }, drawn: "cd".repeat(32) };
const environment = { node: "24.0.0", numerics: "ef".repeat(32), data };
const end: RunEnd = {
  outcome: { kind: "finished", step: 60, reason: "steps" },
  perfectAccuracyStep: 7,
  separationStep: undefined,
  warnings: [{ kind: "warning", what: "chatter", step: 3, value: 2.5, advice: "use a smaller size" }],
};

/** A complete run of made-up rows. */
async function written(
  rows: readonly object[] = [0, 7, 60].map(row),
  changes: Partial<PlacedRun["run"]> = {},
  recorded: object = environment,
  ended: RunEnd = end,
): Promise<PlacedRun> {
  const root = temporaryFolder();
  const name = "gradient-s0-0123456789ab";
  const definition = { ...planned!.run, ...changes };
  const writer = await openRunFolder(root, { study: "tiny", name, definition, environment: recorded });
  for (const each of rows) writer.appendRow(each);
  writer.complete(ended);
  return { ...planned!, name, path: writer.path, environment, data };
}

const row = (step: number): object => ({ step, ...Object.fromEntries(tiny.record.probes.map((probe) => [probe, step / 7])) });

test("a run that nobody touched is what it was, of whatever machine", async () => {
  const run = await written();
  const { path } = run;
  expect(recordedRun(run)).toMatchObject({ arm: "gradient", seed: 0, rows: [0, 7, 60].map(row), ...end, path, reused: true });
  expect(recordedRun({ ...run, environment: { ...environment, node: "26.0.0" } })).toBeDefined();
  expect(recordedRun({ ...run, path: join(path, "elsewhere") })).toBeUndefined();
});

describe("an edited file is bad data, told with its path:", () => {
  test.each(["outcome.json", "definition.json", "environment.json"])("%s, whatever is changed in it", async (file) => {
    const run = await written();
    const path = join(run.path, file);
    const text = readFileSync(path, "utf8");
    const changes = everyChange(decodeJson(text));
    expect(changes.length).toBeGreaterThan(20);
    for (const { what, changed } of changes) {
      writeFileSync(path, canonicalJson(changed));
      expect(() => recordedRun(run), what).toThrow(
        expect.objectContaining({ code: "DATA", path, hint: expect.stringContaining("make the run again with fresh") }),
      );
    }
    writeFileSync(path, text);
    expect(recordedRun(run)).toBeDefined();
  });

  test.each(["outcome.json", "definition.json", "environment.json"])("%s that is null", async (file) => {
    const run = await written();
    writeFileSync(join(run.path, file), "null");
    expect(() => recordedRun(run)).toThrow(expect.objectContaining({ code: "DATA", path: join(run.path, file) }));
  });

  test("an outcome whose hashes were taken away", async () => {
    const run = await written();
    const path = join(run.path, "outcome.json");
    const { outcome, resultHash, rowCount } = decodeJson(readFileSync(path, "utf8")) as SealedOutcome;
    writeFileSync(path, canonicalJson({ outcome, resultHash, rowCount }));
    expect(() => recordedRun(run)).toThrow(
      expect.objectContaining({ code: "DATA", path, message: expect.stringContaining("has no endHash") }),
    );
  });

  test("rows and outcome of another run, which are whole", async () => {
    const [run, other] = [
      await written(),
      await written(
        [0, 7, 60].map((step) => ({ ...row(step), "margin.l2": 1 })),
        { seed: 1 },
      ),
    ];
    for (const name of ["rows.jsonl", "outcome.json"]) copyFileSync(join(other.path, name), join(run.path, name));
    expect(() => recordedRun(run)).toThrow(expect.objectContaining({ code: "DATA", path: join(run.path, "definition.json") }));
    copyFileSync(join(other.path, "definition.json"), join(run.path, "definition.json"));
    expect(() => recordedRun(run)).toThrow(
      expect.objectContaining({ code: "DATA", message: expect.stringContaining("is not the definition of this run") }),
    );
  });

  test("other numerics or data than the folder is named after", async () => {
    for (const other of [{ numerics: "0" }, { data: { ...data, drawn: "0" } }, { data: undefined }, { numerics: undefined }]) {
      const run = await written(undefined, {}, { ...environment, ...other });
      expect(() => recordedRun(run)).toThrow(expect.objectContaining({ code: "DATA", path: join(run.path, "environment.json") }));
    }
  });
});

describe("rows and an end that are as they were written, but cannot be those of the run:", () => {
  test.each([
    ["an outcome of another kind", { ...end, outcome: { kind: "exploded", step: 60 } }],
    ["an outcome before its last row", { ...end, outcome: { ...end.outcome, step: 7 } }],
    ["a separation after the end", { ...end, separationStep: 61 }],
    ["a separation that no row shows", { ...end, separationStep: 7 }],
    ["no perfect accuracy, which a row shows", { ...end, perfectAccuracyStep: undefined }],
    ["a warning of nothing", { ...end, warnings: [null] }],
  ])("%s", async (_, other) => {
    const run = await written(undefined, {}, undefined, other as RunEnd);
    expect(() => recordedRun(run)).toThrow(expect.objectContaining({ code: "DATA", path: join(run.path, "outcome.json") }));
  });

  test.each([
    ["no rows", []],
    ["a row without a probe", [row(0), { step: 60 }]],
    ["a probe that is a text", [row(0), { ...row(60), logRisk: "low" }]],
    ["steps that fall", [row(60), row(0)]],
    ["a step twice", [row(0), row(0)]],
    ["rows after the end", [row(0), row(7), row(61)]],
    ["no row of the end", [row(0), row(7)]],
    ["a number of no probe", [row(0), row(7), { ...row(60), note: 1 }]],
  ])("%s", async (_, rows) => {
    const run = await written(rows);
    expect(() => recordedRun(run)).toThrow(expect.objectContaining({ code: "DATA" }));
  });
});
