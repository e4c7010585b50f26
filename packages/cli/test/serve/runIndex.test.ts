import { join } from "node:path";
import { catalog, type ExperimentDefinition, runsOf } from "@steepest/experiments";
import { hashOf, openRunFolder, runName } from "@steepest/node";
import { expect, test } from "vitest";
import { runIndex } from "../../src/serve/runIndex.js";
import { temporaryFolder, tiny } from "../study.js";
import { write } from "./served.js";

/** Complete runs of made-up rows, as `steepest run` lays them out. */
function fakeRuns(root: string, definition: ExperimentDefinition, value: (arm: string, seed: number) => number): void {
  for (const { arm, seed, run } of runsOf(definition)) {
    const name = runName({ arm, seed, hash: hashOf(run) });
    const folder = openRunFolder(root, { study: definition.id, name, definition: run, environment: {} });
    const numbers = Object.fromEntries(definition.record.probes.map((probe) => [probe, value(arm, seed)]));
    for (const step of [0, 1000]) folder.appendRow({ step, ...numbers });
    folder.complete({ outcome: { kind: "finished", step: 1000, reason: "steps" }, warnings: [] });
  }
}

test("claims of a catalog experiment are judged by the seeds that are complete, in the full or the quick version", async () => {
  const { definition, quick } = catalog.get("teacher-student-small")!;
  for (const version of [
    { ...definition, seeds: [1, 5] },
    { ...definition, ...quick },
  ]) {
    const root = temporaryFolder();
    fakeRuns(root, version, (arm) => (arm === "deep" ? -20_000 : -3000));
    const { studies, runs } = await runIndex(root);
    expect(studies["teacher-student-small"]).toMatchObject({ seeds: version.seeds, question: definition.question });
    const { claims } = studies["teacher-student-small"]!;
    expect(claims).toHaveLength(definition.claims.length);
    expect(claims[0]).toMatchObject({ holds: true });
    expect(claims.at(-1)).toMatchObject({ holds: false });
    expect(runs).toHaveLength(version.seeds.length * Object.keys(definition.arms).length);
  }
});

test("there are no claims where an arm is missing, or where the runs are those of a changed definition", async () => {
  const { definition } = catalog.get("teacher-student-small")!;
  const { gradient } = definition.arms as { gradient: ExperimentDefinition["arms"][string] };
  const missing = temporaryFolder();
  fakeRuns(missing, { ...definition, arms: { gradient } }, () => 1);
  expect((await runIndex(missing)).studies).toEqual({});
  const changed = temporaryFolder();
  fakeRuns(changed, { ...definition, stop: { steps: 7 } }, () => 1);
  expect((await runIndex(changed)).studies).toEqual({});
});

test("the folder of one study may be given as well; damaged and foreign folders are listed with their problem", async () => {
  const root = temporaryFolder();
  fakeRuns(root, { ...tiny, seeds: [0] }, () => 1);
  const study = join(root, "tiny");
  write(study, "torn-s3-0123456789ab/definition.json", "{}");
  write(study, "torn-s3-0123456789ab/rows.jsonl", '{"step":0}\n{"st');
  write(study, "torn-s3-0123456789ab/outcome.json", '{"outcome":{},"resultHash":"00"}');
  write(study, "alien/definition.json", "null");
  write(study, "alien/environment.json", "{}");
  write(study, "alien/rows.jsonl", "");
  write(study, "alien/outcome.json", `{"outcome":null,"resultHash":"${emptyHash}"}`);
  write(study, "broken-s1-0123456789ab/definition.json", "{");
  write(study, "broken-s1-0123456789ab/outcome.json", "{");
  const { runs } = await runIndex(study);
  expect(runs.map(({ path, study: of, arm, seed, complete }) => [path.replace(/-[0-9a-f]{12}$/, ""), of, arm, seed, complete])).toEqual([
    ["alien", "tiny", "alien", undefined, false],
    ["broken-s1", "tiny", "broken", 1, false],
    ["gradient-s0", "tiny", "gradient", 0, true],
    ["sign-s0", "tiny", "sign", 0, true],
    ["torn-s3", "tiny", "torn", 3, false],
  ]);
  expect(runs.map(({ problem }) => problem ?? "")).toEqual([
    "holds another kind of run",
    expect.stringContaining("outcome.json: is not JSON"),
    "",
    "",
    expect.stringContaining("rows.jsonl has SHA-256"),
  ]);
});

/** SHA-256 of nothing. */
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
