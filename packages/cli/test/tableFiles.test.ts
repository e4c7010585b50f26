import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { tableFiles } from "../src/tableFiles.js";
import { steepest } from "./support/steepest.js";
import { temporaryFolder, tiny } from "./support/study.js";

const rows = Array.from({ length: 30 }, (_, i) => `${(i % 7) - 3 + (i % 2) * 8},${(i * 13) % 5},${i % 2 ? "rock" : "mine"}`);
const table = ["a,b,who", ...rows, ""].join("\n");
const dataset = {
  kind: "file",
  path: "data/my.csv",
  label: "who",
  classes: ["rock", "mine"],
  test: { share: 0.2 },
  prepare: ["standardize"],
};
const definition = { ...tiny, dataset, claims: [], seeds: [0], arms: { gradient: tiny.arms.gradient } };

/** A folder with a definition in a folder of its own, whose data lie beside it. */
function folderOf(changes: object = {}, content: string | Uint8Array = table): string {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "study", "data"), { recursive: true });
  writeFileSync(join(cwd, "study", "data", "my.csv"), content);
  writeFileSync(join(cwd, "study", "own.json"), JSON.stringify({ ...definition, ...changes }));
  return cwd;
}

const run = (cwd: string, ...args: string[]) => steepest(["run", "study/own.json", "--threads", "1", ...args], { cwd });
const runIn = (cwd: string): string => readdirSync(join(cwd, "runs", "tiny")).find((name) => name.startsWith("gradient-s0-"))!;

describe("a definition of files", () => {
  test("is read beside its own file; its hashes are in the record, and the same files elsewhere are the same run", async () => {
    const cwd = folderOf();
    expect(await run(cwd)).toMatchObject({ code: 0 });
    const name = runIn(cwd);
    const read = (file: string) => JSON.parse(readFileSync(join(cwd, "runs", "tiny", name, file), "utf8"));
    const sha256 = createHash("sha256").update(table).digest("hex");
    expect(read("environment.json").data.files).toEqual({ paths: { "data/my.csv": sha256 } });
    expect(read("definition.json").dataset.facts).toMatchObject({
      trainSize: 24,
      testSize: 6,
      inputDim: 2,
      sha256: { "data/my.csv": sha256 },
    });
    expect(JSON.stringify(read("definition.json"))).not.toContain(cwd);
    renameSync(join(cwd, "study"), join(cwd, "moved"));
    expect(await steepest(["run", "moved/own.json", "--threads", "1"], { cwd })).toMatchObject({ code: 0 });
    expect(readdirSync(join(cwd, "runs", "tiny"))).toEqual([name]);
    expect(await run(folderOf({}, table.replace("-3,", "-2,")))).toMatchObject({ code: 0 });
  });

  test("that holds a column of one value, which a step erases, is warned of by name", async () => {
    const [heading, ...lines] = table.trim().split("\n");
    const wider = [`${heading},k`, ...lines.map((line) => `${line},3`)].join("\n");
    const { stdout, stderr } = await run(folderOf({}, wider));
    expect(stderr).toContain("warning data: k holds 3 in every sample, which standardize makes 0");
    expect(stdout.replace(/\s+/g, " ")).toContain(
      'warning data: k holds 3 in every sample, which standardize makes 0: "dropConstant" before it',
    );
    const json = await run(folderOf({}, wider), "--json");
    expect(JSON.parse(json.stdout).remarks).toHaveLength(1);
  });

  test("with other content is another run", async () => {
    const [one, other] = [folderOf(), folderOf({}, table.replace("-3,", "-2,"))];
    for (const cwd of [one, other]) expect(await run(cwd)).toMatchObject({ code: 0 });
    expect(runIn(one)).not.toBe(runIn(other));
  });

  test("is shown with the facts of its files, and what was shown is refused where the file is another", async () => {
    const cwd = folderOf();
    const { code, stdout } = await steepest(["show", "study/own.json"], { cwd });
    expect(code).toBe(0);
    writeFileSync(join(cwd, "study", "own.json"), stdout);
    expect(await run(cwd)).toMatchObject({ code: 0 });
    writeFileSync(join(cwd, "study", "data", "my.csv"), `${table}1,2,mine\n`);
    const again = await run(cwd);
    expect(again).toMatchObject({ code: 3 });
    expect(again.stderr).toMatch(/^error dataset\.facts\.sha256: the files have /);
  });

  test("of a recorded run is found from any folder where it stands beside the runs, and the record is no definition", async () => {
    const cwd = folderOf();
    cpSync(join(cwd, "study"), cwd, { recursive: true });
    expect(await steepest(["run", "own.json", "--threads", "1"], { cwd })).toMatchObject({ code: 0 });
    const folder = join(cwd, "runs", "tiny", runIn(cwd));
    const elsewhere = temporaryFolder();
    const certified = await steepest(["certify", folder], { cwd: elsewhere });
    expect(certified.stderr).toBe("");
    expect(certified.stdout).toContain("gradient-s0");
    rmSync(join(cwd, "data"), { recursive: true });
    const missing = await steepest(["certify", folder], { cwd: elsewhere });
    expect(missing.code).toBe(3);
    expect(missing.stderr).toContain(
      `hint: paths of a recorded run start from the current folder, or from ${cwd}, which holds its folder of runs`,
    );
    for (const [target, message] of [
      [folder, /: is the folder of a run, expected a definition file\nhint: give the experiment's own file/],
      [
        join(folder, "definition.json"),
        /: is what a run has recorded of its definition, of one arm under one seed, and no experiment\nhint: /,
      ],
    ] as const) {
      const refused = await steepest(["run", target], { cwd: elsewhere });
      expect(refused).toMatchObject({ code: 2, stdout: "" });
      expect(refused.stderr).toMatch(message);
    }
  });

  test("is taken by maxmargin, as a definition and as --dataset", async () => {
    const cwd = folderOf();
    const inline = JSON.stringify({ kind: "file", path: "study/data/my.csv", label: "who" });
    for (const target of [["study/own.json"], ["--dataset", inline]]) {
      expect(await steepest(["maxmargin", ...target, "--norm", "l2"], { cwd })).toMatchObject({ code: 0 });
    }
  });

  test.each<[string, object, string | Uint8Array, number, RegExp]>([
    [
      "a file that is not there",
      { path: "data/no.csv" },
      table,
      3,
      /^error data\/no\.csv: does not exist at .*study\/data\/no\.csv\nhint: paths start from .*study: the folder of the definition's file, or the current one where/,
    ],
    ["a folder", { path: "data" }, table, 3, /^error data: is no regular file/],
    ["a ragged table", {}, `${table}1,2\n`, 3, /^error data\/my\.csv: line 32 has 2 columns, the first sample has 3\n/],
    ["a missing number", {}, `${table},2,rock\n`, 3, /^error data\/my\.csv: line 32, column 1 \(a\): "" is not a finite number\n/],
    [
      "contradictory duplicates",
      { test: undefined, prepare: [] },
      `${table}1,2,rock\n1,2,mine\n`,
      3,
      /^error dataset: no network without biases can separate the training samples: /,
    ],
    [
      "a sample of zeros",
      { test: undefined, prepare: [] },
      `${table}0,0,rock\n`,
      3,
      /^error dataset: no network without biases can separate the training samples: .*zero/,
    ],
    [
      "a gzip bomb",
      {},
      gzipSync(Buffer.alloc(2 ** 30 + 1), { level: 9 }),
      3,
      /^error data\/my\.csv: unpacks to 1073741825 bytes, at most 1073741824 are read\n/,
    ],
    ["a mistyped field", { lable: "who" }, table, 2, /^error dataset\.lable: unknown key\n/],
    ["two fields that exclude each other", { targets: ["a"] }, table, 2, /\nerror dataset\.targets: must stand alone/],
  ])("%s is one line with a hint", async (_, change, content, code, message) => {
    const result = await run(folderOf({ dataset: { ...dataset, ...change } }, content));
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toMatch(message);
    if (code === 3) expect(result.stderr).toMatch(/\nhint: /);
  });
});

test("a file is read once", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.csv"), "1,2\n");
  const files = tableFiles(folder);
  const first = await files.bytes("a.csv");
  writeFileSync(join(folder, "a.csv"), "3,4\n");
  expect(await files.bytes("a.csv")).toBe(first);
});
