import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { canonicalJson, decodeJson } from "@steepest/core";
import type { SealedOutcome } from "@steepest/core/internal";
import { catalog, type ExperimentDefinition, runsOf } from "@steepest/experiments";
import { hashOf, openRunFolder, runName } from "@steepest/node";
import { describe, expect, test, vi } from "vitest";
import { everyChange } from "../../../core/test/support/everyChange.js";
import { type RunIndex, RunIndexer } from "../../src/serve/runIndex.js";
import { write } from "../support/served.js";
import { temporaryFolder, tiny } from "../support/study.js";

/** The paths of the files that were opened; and the name of those that the system refuses to open. */
const { opened, refused } = vi.hoisted(() => ({ opened: [] as string[], refused: { name: undefined as string | undefined } }));
vi.mock("node:fs/promises", async (original) => {
  const files = await original<typeof import("node:fs/promises")>();
  const open: typeof files.open = (path, ...others) => {
    if (refused.name !== undefined && String(path).endsWith(refused.name)) throw new Error("too many open files");
    opened.push(String(path));
    return files.open(path, ...others);
  };
  return { ...files, open };
});

const runIndex = (root: string): Promise<RunIndex> => new RunIndexer(root).index(new AbortController().signal);

/** Complete runs of made-up rows, as `steepest run` lays them out. */
async function fakeRuns(
  root: string,
  definition: ExperimentDefinition,
  value: (arm: string, seed: number) => number,
  environment: object = {},
): Promise<void> {
  for (const { arm, seed, run } of runsOf(definition)) {
    const name = runName({ arm, seed, hash: hashOf("numerics" in environment ? { run, ...environment } : run) });
    const folder = await openRunFolder(root, { study: definition.id, name, definition: run, environment, fresh: true });
    const numbers = Object.fromEntries(definition.record.probes.map((probe) => [probe, value(arm, seed)]));
    const { steps } = run.stop as { steps: number };
    for (const step of [0, steps]) folder.appendRow({ step, ...numbers });
    const at0 = (holds: boolean) => (holds ? 0 : undefined);
    const [perfectAccuracyStep, separationStep] = [at0(numbers.trainAccuracy === 1), at0((numbers.logRisk ?? 0) < -1)];
    folder.complete({ outcome: { kind: "finished", step: steps, reason: "steps" }, perfectAccuracyStep, separationStep, warnings: [] });
  }
}

test("claims of a catalog experiment are judged by the seeds that are complete, in the full or the quick version", async () => {
  const { definition, quick } = catalog.get("teacher-student-small")!;
  for (const version of [
    { ...definition, seeds: [1, 5] },
    { ...definition, ...quick },
  ]) {
    const root = temporaryFolder();
    await fakeRuns(root, version, (arm) => (arm === "deep" ? -20_000 : -3000));
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
  await fakeRuns(missing, { ...definition, arms: { gradient } }, () => 1);
  expect((await runIndex(missing)).studies).toEqual({});
  const changed = temporaryFolder();
  await fakeRuns(changed, { ...definition, stop: { steps: 7 } }, () => 1);
  expect((await runIndex(changed)).studies).toEqual({});
});

test("claims are judged by runs of the same numerics and data files only", async () => {
  const { definition } = catalog.get("teacher-student-small")!;
  const { arms, seeds } = definition;
  const [first, ...others] = Object.entries(arms);
  const root = temporaryFolder();
  const made = (numerics: string, mnist: string) => ({ numerics, data: { files: { mnist: { train: mnist } }, drawn: "d" } });
  await fakeRuns(root, { ...definition, arms: Object.fromEntries([first!]), seeds: [0] }, () => 1, made("old", "a"));
  await fakeRuns(root, { ...definition, arms: Object.fromEntries(others), seeds: [0] }, () => 1, made("new", "a"));
  await fakeRuns(root, { ...definition, arms: Object.fromEntries(others), seeds: [0] }, () => 1, made("old", "b"));
  expect((await runIndex(root)).studies).toEqual({}); // every arm is there, but not of one lineage
  await fakeRuns(root, { ...definition, arms, seeds: seeds.slice(0, 1) }, () => 1, made("new", "b"));
  expect((await runIndex(root)).studies["teacher-student-small"]).toMatchObject({ seeds: seeds.slice(0, 1) });
});

test("the folder of one study may be given as well; damaged and foreign folders are listed with their problem", async () => {
  const root = temporaryFolder();
  await fakeRuns(root, { ...tiny, seeds: [0] }, () => 1);
  const study = join(root, "tiny");
  write(study, "torn-s3-0123456789ab/definition.json", definitionText);
  write(study, "torn-s3-0123456789ab/outcome.json", outcomeText);
  write(study, "alien/definition.json", "null");
  write(study, "alien/environment.json", "{}");
  write(study, "alien/rows.jsonl", "");
  write(study, "alien/outcome.json", outcomeText);
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
    expect.stringContaining(`${join(study, "alien/definition.json")}: is not the definition of a run: `),
    expect.stringContaining("outcome.json: is not JSON"),
    "",
    "",
    `${join(study, "torn-s3-0123456789ab/environment.json")}: there is no such file`,
  ]);
});

const [{ run: completeRun }] = runsOf(tiny) as [ReturnType<typeof runsOf>[number]];
const complete = `sign-s0-${hashOf(completeRun).slice(0, 12)}`;
const definitionText = JSON.stringify(completeRun);
const resultHash = "0".repeat(64);
const outcomeText = JSON.stringify({ outcome: { outcome: { kind: "stalled", step: 0 } }, resultHash, rowCount: 1 });

/** Writes a folder that is listed as complete; its rows are not judged. */
function writeComplete(folder: string, name = complete): void {
  write(folder, `${name}/definition.json`, definitionText);
  write(folder, `${name}/environment.json`, "{}");
  write(folder, `${name}/rows.jsonl`, '{"step":0}\n');
  write(folder, `${name}/outcome.json`, outcomeText);
}

describe("a file that cannot be handed out is its run's problem, told without its content:", () => {
  const files = ["outcome.json", "definition.json", "environment.json", "rows.jsonl"];

  test.each(files)("%s outside DIR", async (name) => {
    const root = temporaryFolder();
    const secret = "root:x:0:0";
    write(root, "secret", secret);
    writeComplete(join(root, "runs/tiny"));
    const path = join(root, "runs/tiny", complete, name);
    rmSync(path);
    symlinkSync(join(root, "secret"), path);
    const index = await runIndex(join(root, "runs"));
    expect(index.runs).toMatchObject([{ complete: false, problem: `${path}: the file lies outside the served folder` }]);
    expect(JSON.stringify(index)).not.toContain("root:");
  });

  test.skipIf(process.platform === "win32").each(files)("%s that is a pipe nobody writes to", async (name) => {
    const root = temporaryFolder();
    writeComplete(root);
    const path = join(root, complete, name);
    rmSync(path);
    execFileSync("mkfifo", [path]);
    expect((await runIndex(root)).runs).toMatchObject([{ complete: false, problem: `${path}: it is not a regular file` }]);
  });

  test("outcome.json of 20 MB", async () => {
    const root = temporaryFolder();
    writeComplete(root);
    truncateSync(join(root, complete, "outcome.json"), 20_000_000);
    expect((await runIndex(root)).runs).toMatchObject([{ problem: expect.stringContaining("has 20000000 bytes, expected at most") }]);
  });
});

test.each([
  "null",
  "1",
  "[]",
  '"x"',
  "{}",
  outcomeText.replace(/\{"outcome":\{.*?\}\}/, '{"outcome":1'),
  outcomeText.replace("stalled", "exploded"),
  outcomeText.replace('"step":0', '"step":-3'),
  outcomeText.replace('"rowCount":1', '"rowCount":-1'),
  outcomeText.replace(resultHash, "00"),
])("with %s in outcome.json a run has a problem, and the others are listed", async (text) => {
  const root = temporaryFolder();
  writeComplete(root);
  writeComplete(root, complete.replace("sign", "other"));
  write(root, `${complete}/outcome.json`, text);
  const { runs } = await runIndex(root);
  expect(runs.map(({ arm, complete: whole, problem }) => [arm, whole, problem === undefined])).toEqual([
    ["other", true, true],
    ["sign", false, false],
  ]);
});

test.each(["null", "7", definitionText.replace('"seed":0', '"seed":"0"'), JSON.stringify({ ...runsOf(tiny)[0]!.run, arm: null })])(
  "with %s in definition.json as well",
  async (text) => {
    const root = temporaryFolder();
    writeComplete(root);
    write(root, `${complete}/definition.json`, text);
    expect((await runIndex(root)).runs).toMatchObject([
      { complete: false, problem: expect.stringContaining("is not the definition of a run") },
    ]);
  },
);

test.each(["outcome.json", "definition.json", "environment.json"])("every change of %s is a problem", async (file) => {
  const root = temporaryFolder();
  await fakeRuns(root, { ...tiny, seeds: [0], arms: { sign: tiny.arms.sign! } }, () => 1, { numerics: "ab", data: { drawn: "cd" } });
  const path = join(root, "tiny", readdirSync(join(root, "tiny"))[0]!, file);
  const text = readFileSync(path, "utf8");
  for (const { what, changed } of everyChange(decodeJson(text))) {
    writeFileSync(path, canonicalJson(changed));
    expect((await runIndex(root)).runs, what).toMatchObject([{ complete: false, problem: expect.stringMatching(`^${path}: `) }]);
  }
  writeFileSync(path, text);
  expect((await runIndex(root)).runs).toMatchObject([{ complete: true }]);
});

test("a run in the folder of another seed, or of another definition, is a problem", async () => {
  const root = temporaryFolder();
  writeComplete(root, complete.replace("s0", "s1"));
  writeComplete(
    root,
    complete.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")),
  );
  const { runs } = await runIndex(root);
  expect(runs.map(({ problem }) => problem?.split(": ").at(-1))).toEqual([
    expect.stringMatching(/^has, with the numerics and the data of environment.json, a SHA-256 of/),
    "has seed 0, expected 1 as the folder's name says",
  ]);
});

test("an end that its rows contradict is a problem where claims are judged by it", async () => {
  const { definition } = catalog.get("teacher-student-small")!;
  const root = temporaryFolder();
  await fakeRuns(root, { ...definition, seeds: [1] }, () => 1);
  const folder = join(root, definition.id, readdirSync(join(root, definition.id)).sort()[0]!);
  const path = join(folder, "outcome.json");
  const { outcome, resultHash, rowCount } = decodeJson(readFileSync(path, "utf8")) as SealedOutcome;
  writeFileSync(path, canonicalJson({ outcome, resultHash, rowCount })); // as earlier versions wrote it
  expect(Object.keys((await runIndex(root)).studies)).toEqual([definition.id]);
  writeFileSync(path, canonicalJson({ outcome: { ...(outcome as object), separationStep: 0 }, resultHash, rowCount }));
  const { runs, studies } = await runIndex(root);
  expect(studies).toEqual({});
  expect(runs[0]!.problem).toBe(`${path}: has outcome.separationStep 0, but the row of that step is none: log risk 1`);
});

test("symbolic links to folders are not followed, into DIR or out of it", async () => {
  const root = temporaryFolder();
  writeComplete(join(root, "runs/tiny"));
  writeComplete(join(root, "elsewhere"));
  symlinkSync(complete, join(root, "runs/tiny/alias-s0-0123456789ab"));
  symlinkSync(join(root, "elsewhere", complete), join(root, "runs/tiny/linked-s0-0123456789ab"));
  symlinkSync(join(root, "elsewhere"), join(root, "runs/study"));
  expect((await runIndex(join(root, "runs"))).runs.map(({ path }) => path)).toEqual([`tiny/${complete}`]);
});

test.skipIf(process.platform !== "linux")("runs in folders that no address can name are listed with their problem", async () => {
  const root = temporaryFolder();
  writeComplete(join(root, "tiny"), "a:b-s0-0123456789ab");
  writeComplete(join(root, "ti\\ny"));
  mkdirSync(Buffer.concat([Buffer.from(join(root, "tiny/")), Buffer.of(0xe4), Buffer.from("-s1-0123456789ab")]));
  const { runs } = await runIndex(root);
  expect(runs.map(({ path, arm, complete: whole, problem }) => [path, arm, whole, problem?.split(": ").at(-1)])).toEqual([
    [`ti%5Cny/${complete}`, "sign", false, "the name cannot stand in an address of this server; rename the folder"],
    ["tiny/a%3Ab-s0-0123456789ab", "a:b", false, "the name cannot stand in an address of this server; rename the folder"],
    ["tiny/%EF%BF%BD-s1-0123456789ab", "\ufffd", false, "the name is not UTF-8; rename the folder"],
  ]);
});

describe("rows", () => {
  const { definition } = catalog.get("teacher-student-small")!;
  const study = "teacher-student-small";
  const runsIn = (root: string, arm: string): string => {
    const name = readdirSync(join(root, study)).find((one) => one.startsWith(`${arm}-s1-`));
    return join(root, study, name!);
  };

  test.each([
    ["of another hash", (path: string) => writeFileSync(path, readFileSync(path, "utf8").replace("1", "2")), "rows.jsonl: has SHA-256"],
    ["more than the outcome counts, in 600 MB", extend, "rows.jsonl: has more rows than the 2 of outcome.json"],
    ["that are none", (path: string) => writeFileSync(path, "{"), "rows.jsonl: ends within a line although the run is complete"],
    ["that are not JSON", (path: string) => writeFileSync(path, "x\n"), "rows.jsonl: line 1 is not JSON"],
  ])("%s are a problem where claims are judged by them, which the other seeds decide", async (_, change, problem) => {
    const root = temporaryFolder();
    await fakeRuns(root, { ...definition, seeds: [1, 5] }, () => 1);
    change(join(runsIn(root, "sign"), "rows.jsonl"));
    const indexer = new RunIndexer(root);
    const index = await indexer.index(new AbortController().signal);
    const { runs, studies } = index;
    expect(studies[study]!.seeds).toEqual([5]);
    const problems = runs.filter((run) => run.problem !== undefined);
    expect(problems).toMatchObject([{ arm: "sign", seed: 1, complete: false, problem: expect.stringContaining(problem) }]);
    opened.length = 0;
    expect(await indexer.index(new AbortController().signal)).toEqual(index);
    expect(opened).toEqual([]);
  });

  test("without the numbers that claims are about are one, too", async () => {
    const root = temporaryFolder();
    await fakeRuns(root, { ...definition, seeds: [1] }, () => "1" as unknown as number);
    const { runs, studies } = await runIndex(root);
    expect(studies).toEqual({});
    expect(runs[0]!.problem).toMatch(/line 1 has no number for the probe /);
  });

  test("of other studies are not read", async () => {
    const root = temporaryFolder();
    writeComplete(root);
    truncateSync(join(root, complete, "rows.jsonl"), 600_000_000);
    expect((await runIndex(root)).runs).toMatchObject([{ complete: true, rowCount: 1, resultHash }]);
  });

  function extend(path: string): void {
    appendFileSync(path, "{}\n");
    truncateSync(path, 600_000_000);
  }
});

test("files are read again when they have changed, also where their time was put back and their size is the same", async () => {
  const { definition } = catalog.get("teacher-student-small")!;
  const root = temporaryFolder();
  await fakeRuns(root, { ...definition, seeds: [1] }, () => 1);
  const first = join(root, definition.id, readdirSync(join(root, definition.id)).sort()[0]!);
  const indexer = new RunIndexer(root);
  const index = () => {
    opened.length = 0;
    return indexer.index(new AbortController().signal);
  };
  const [outcome, rows] = [join(first, "outcome.json"), join(first, "rows.jsonl")];
  const [outcomeThen, rowsThen] = [outcome, rows].map((path) => readFileSync(path, "utf8")) as [string, string];
  const setTimes = (): void => {
    for (const path of [outcome, rows]) utimesSync(path, 1, 1);
  };

  setTimes();
  const before = await index();
  expect(Object.keys(before.studies)).toEqual([definition.id]);
  expect(await index()).toEqual(before);
  expect(opened).toEqual([]);
  for (const path of [outcome, rows]) writeFileSync(path, "x".repeat(statSync(path).size));
  setTimes();
  const after = await index();
  expect(after.runs.map(({ complete: whole }) => whole)).toEqual(before.runs.map((_, i) => i > 0));
  expect(after.studies).toEqual({});
  expect(await index()).toEqual(after);
  expect(opened).toEqual([]);
  writeFileSync(outcome, outcomeThen);
  setTimes();
  expect((await index()).runs[0]!.problem).toMatch(/rows\.jsonl: ends within a line/);
  expect(new Set(opened.map((path) => dirname(path)))).toEqual(new Set([first])); // and none of the other arms'
  writeFileSync(rows, rowsThen);
  setTimes();
  expect(await index()).toEqual(before);
});

test("a problem of the system is looked at again, although no file has changed", async () => {
  const { definition } = catalog.get("teacher-student-small")!;
  const root = temporaryFolder();
  await fakeRuns(root, { ...definition, seeds: [1] }, () => 1);
  const indexer = new RunIndexer(root);
  const index = () => indexer.index(new AbortController().signal);
  for (const name of ["outcome.json", "rows.jsonl"]) {
    refused.name = name;
    expect((await index()).runs.map(({ problem }) => problem)).toEqual(Object.keys(definition.arms).map(() => "too many open files"));
    refused.name = undefined;
    const { runs, studies } = await index();
    expect(runs.map(({ problem }) => problem)).toEqual(runs.map(() => undefined));
    expect(Object.keys(studies)).toEqual([definition.id]);
    await fakeRuns(root, { ...definition, seeds: [1] }, () => 1);
  }
});

test("an index that nobody waits for any more is given up", async () => {
  const root = temporaryFolder();
  writeComplete(root);
  await expect(new RunIndexer(root).index(AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
});
