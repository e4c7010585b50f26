import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { changedRunHint, RowsParser } from "@steepest/core/internal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashOf, runningHash } from "../src/hashOf.js";
import { readRows } from "../src/rowsFile.js";
import { openRunFolder, readRunFolder } from "../src/runFolder.js";
import { storing } from "../src/storage.js";
import { runs } from "./support/fuzz.js";
import { refusal } from "./support/refusal.js";
import { temporaryFolder } from "./support/temporaryFolder.js";

const options = {
  study: "mnist-3v6",
  name: "sign-s0-0123456789ab",
  definition: { stop: { steps: 10 }, id: "mnist-3v6" },
  environment: { node: "24.0.0", kernelHash: "ab" },
};
const outcome = { kind: "finished", reason: "steps", step: 10 };
const rows = [
  { step: 0, logRisk: 0.1, margin: { l1: Number.NaN, linf: -0 } },
  { step: 1, logRisk: -Infinity, margin: { l1: 5e-324, linf: 1e300 } },
];

async function writeRun(
  root: string,
  changes: Partial<Parameters<typeof openRunFolder>[1]> = {},
  written: readonly object[] = rows,
): Promise<string> {
  const folder = await openRunFolder(root, { ...options, ...changes });
  for (const row of written) folder.appendRow(row);
  folder.complete(outcome);
  return folder.path;
}

describe("a complete run folder", () => {
  test("reads back what was written", async () => {
    const root = temporaryFolder();
    const path = await writeRun(root);
    expect(path).toBe(join(root, options.study, options.name));
    const { definition, environment } = options;
    expect(readRunFolder(path)).toEqual({
      path,
      definition,
      environment,
      rows,
      outcome,
      resultHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      sealed: expect.objectContaining({ outcome, rowCount: 2 }),
    });
  });

  test("holds canonical files that other programs can read, and no others", async () => {
    const path = await writeRun(temporaryFolder());
    expect(readdirSync(path).sort()).toEqual(["definition.json", "environment.json", "outcome.json", "rows.jsonl"]);
    const text = (name: string) => readFileSync(join(path, name), "utf8");
    const { definition, environment } = options;
    expect(text("definition.json")).toBe('{"id":"mnist-3v6","stop":{"steps":10}}\n');
    expect(text("rows.jsonl")).toBe(
      '{"logRisk":0.1,"margin":{"l1":"NaN","linf":-0.0},"step":0}\n{"logRisk":"-Infinity","margin":{"l1":5e-324,"linf":1e+300},"step":1}\n',
    );
    const resultHash = createHash("sha256").update(text("rows.jsonl")).digest("hex");
    const said = { outcome, resultHash, rowCount: 2, definitionHash: hashOf(definition), environmentHash: hashOf(environment) };
    expect(JSON.parse(text("outcome.json"))).toEqual({ ...said, endHash: hashOf(said) });
  });

  test("rows read back bit for bit", async () => {
    const root = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.double()), { maxLength: 5 }), async (written) => {
        const { rows: read } = readRunFolder(await writeRun(root, { fresh: true }, written))!;
        expect(read.length).toBe(written.length);
        read.forEach((row, i) => {
          const expected = Object.entries(written[i]!);
          expect(Object.keys(row).length).toBe(expected.length);
          for (const [key, value] of expected) expect(Object.getOwnPropertyDescriptor(row, key)?.value).toBe(value);
        });
      }),
      runs(50),
    );
  });

  test("equal rows have equal hashes, other rows another", async () => {
    const root = temporaryFolder();
    const hash = async (name: string, written: readonly object[]) => readRunFolder(await writeRun(root, { name }, written))!.resultHash;
    expect(await hash("a", rows)).toBe(await hash("b", rows));
    expect(await hash("c", [rows[0]!])).not.toBe(await hash("d", rows));
  });

  test("is not touched without fresh", async () => {
    const root = temporaryFolder();
    const path = await writeRun(root);
    const before = readdirSync(path).map((name) => [name, readFileSync(join(path, name), "utf8")]);
    const changed = statSync(path).mtimeMs;
    expect(await refusal(() => openRunFolder(root, options))).toMatchObject({ code: "RUN_COMPLETE", path });
    expect(statSync(path).mtimeMs).toBe(changed); // no owner.json came and went
    expect(readdirSync(path).map((name) => [name, readFileSync(join(path, name), "utf8")])).toEqual(before);
  });

  test("that is made again with fresh stays what it is until the new one is complete", async () => {
    const root = temporaryFolder();
    const path = await writeRun(root);
    const before = readRunFolder(path);
    const folder = await openRunFolder(root, { ...options, environment: { node: "26.0.0" }, fresh: true });
    expect(folder.path).toBe(path);
    folder.appendRow(rows[0]!);
    expect(readRunFolder(path)).toEqual(before);
    folder.abandon();
    expect(readRunFolder(path)).toEqual(before);
    expect(readdirSync(path).sort()).toEqual(["definition.json", "environment.json", "outcome.json", "rows.jsonl"]);

    const again = await openRunFolder(root, { ...options, environment: { node: "26.0.0" }, fresh: true });
    again.appendRow(rows[0]!);
    again.complete(outcome);
    expect(readRunFolder(path)).toMatchObject({ environment: { node: "26.0.0" }, rows: [rows[0]] });
    expect(readdirSync(path).sort()).toEqual(["definition.json", "environment.json", "outcome.json", "rows.jsonl"]);
  });

  test("is complete whenever the process that makes it again ends: before its outcome the old run, from then on the new one", async () => {
    const names = ["definition.json", "environment.json", "rows.jsonl", "outcome.json"];
    const [old, made] = [temporaryFolder(), temporaryFolder()];
    const oldPath = await writeRun(old);
    const newPath = await writeRun(made, { environment: { node: "26.0.0" } }, [rows[0]!]);
    const [before, after] = [readRunFolder(oldPath)!, { ...readRunFolder(newPath)!, path: oldPath }];
    // The files of the new run appear beside the old ones, then take their places, in this order: every state that a crash can leave.
    for (let written = 0; written <= names.length; written++) {
      for (let moved = 0; moved <= (written === names.length ? names.length : 0); moved++) {
        const root = temporaryFolder();
        const path = await writeRun(root);
        for (const name of names.slice(moved, written)) cpSync(join(newPath, name), join(path, `${name}.fresh`));
        for (const name of names.slice(0, moved)) cpSync(join(newPath, name), join(path, name));
        const expected = { ...(written === names.length ? after : before), path };
        expect(readRunFolder(path)).toEqual(expected);
        expect(await refusal(() => openRunFolder(root, options))).toMatchObject({ code: "RUN_COMPLETE" });
        const folder = await openRunFolder(root, { ...options, fresh: true });
        expect(readRunFolder(path)).toEqual(expected);
        folder.abandon();
        expect(readRunFolder(path)).toEqual(expected);
        expect(readdirSync(path).sort()).toEqual(names.toSorted());
      }
    }
  });
});

describe("an incomplete run folder", () => {
  test("is undefined to the reader at every moment before complete", async () => {
    const root = temporaryFolder();
    const path = join(root, options.study, options.name);
    expect(readRunFolder(path)).toBeUndefined();
    const folder = await openRunFolder(root, options);
    for (const row of rows) {
      folder.appendRow(row);
      expect(readRunFolder(path)).toBeUndefined();
    }
    folder.abandon();
    expect(readRunFolder(path)).toBeUndefined();
    expect(existsSync(join(path, "owner.json"))).toBe(false);
  });

  test("shows its rows as they come", async () => {
    const folder = await openRunFolder(temporaryFolder(), options);
    folder.appendRow(rows[0]!);
    expect(readRows(join(folder.path, "rows.jsonl"))).toMatchObject({ rows: [rows[0]], torn: false });
  });

  test("is begun afresh by the next writer", async () => {
    const root = temporaryFolder();
    const first = await openRunFolder(root, options);
    first.appendRow({ step: 0, from: "first" });
    first.abandon();
    expect(readRows(join(first.path, "rows.jsonl")).rows.length).toBe(1);
    expect(readRunFolder(await writeRun(root))!.rows).toEqual(rows);
  });

  test("a torn last line is reported and left out", async () => {
    const root = temporaryFolder();
    const path = join(await writeRun(root), "rows.jsonl");
    const whole = readFileSync(path);
    const firstLine = whole.indexOf("\n") + 1;
    for (let length = firstLine; length < whole.length; length++) {
      truncateSync(path, length);
      expect(readRows(path)).toMatchObject({ rows: [rows[0]], torn: length > firstLine });
      writeFileSync(path, whole);
    }
  });

  test("rows are the same in whatever pieces their bytes come", async () => {
    const path = join(await writeRun(temporaryFolder(), {}, [...rows, { step: 2, note: "π ≠ 3" }]), "rows.jsonl");
    const bytes = Buffer.concat([readFileSync(path), Buffer.from('{"st')]);
    writeFileSync(path, bytes);
    for (const size of [1, 2, 7, bytes.length]) {
      const parser = new RowsParser(path, runningHash());
      for (let start = 0; start < bytes.length; start += size) parser.push(bytes.subarray(start, start + size));
      expect(parser.finish()).toEqual(readRows(path));
    }
    expect(readRows(path)).toMatchObject({ rows: [...rows, { step: 2, note: "π ≠ 3" }], torn: true });
  });

  test("is abandoned by Symbol.dispose, hence by `using`", async () => {
    const root = temporaryFolder();
    const folder = await openRunFolder(root, options);
    folder[Symbol.dispose]();
    expect(existsSync(join(folder.path, "owner.json"))).toBe(false);
  });
});

describe("what was changed afterwards is refused", () => {
  test.each([
    ["a row added", (path: string) => appendFileSync(join(path, "rows.jsonl"), "{}\n"), "rows.jsonl"],
    ["a row cut", (path: string) => truncateSync(join(path, "rows.jsonl"), 20), "rows.jsonl"],
    ["a digit changed", (path: string) => replace(join(path, "rows.jsonl"), "0.1", "0.2"), "rows.jsonl"],
    ["a line that is not JSON", (path: string) => replace(join(path, "rows.jsonl"), "{", "["), "rows.jsonl"],
    ["a line that is not a row", (path: string) => writeFileSync(join(path, "rows.jsonl"), "[1]\n"), "rows.jsonl"],
    ["an outcome that is null", (path: string) => writeFileSync(join(path, "outcome.json"), "null"), "outcome.json"],
    ["an outcome without a hash", (path: string) => writeFileSync(join(path, "outcome.json"), '{"rowCount":2}'), "outcome.json"],
    ["an outcome without a count", (path: string) => replace(join(path, "outcome.json"), '"rowCount":2', '"rowCount":"2"'), "outcome.json"],
    ["another end", (path: string) => replace(join(path, "outcome.json"), '"step":10', '"step":11'), "outcome.json"],
    ["another definition", (path: string) => replace(join(path, "definition.json"), "10", "11"), "definition.json"],
    ["another environment", (path: string) => replace(join(path, "environment.json"), "24.0.0", "26.0.0"), "environment.json"],
    ["another count of rows", (path: string) => replace(join(path, "outcome.json"), '"rowCount":2', '"rowCount":1'), "outcome.json"],
    ["a definition of 17 MB", (path: string) => truncateSync(join(path, "definition.json"), 17e6), "definition.json"],
    ["a definition that is not JSON", (path: string) => writeFileSync(join(path, "definition.json"), "{"), "definition.json"],
  ])("%s", async (_, change, name) => {
    const path = await writeRun(temporaryFolder());
    change(path);
    expect(await refusal(() => readRunFolder(path))).toMatchObject({ code: "DATA", path: join(path, name) });
  });

  test.each(["definition.json", "environment.json", "rows.jsonl"])("a missing %s", async (name) => {
    const path = await writeRun(temporaryFolder());
    rmSync(join(path, name));
    expect(await refusal(() => readRunFolder(path))).toMatchObject({
      code: "DATA",
      path: join(path, name),
      message: `${join(path, name)}: is missing although the run is complete`,
      hint: changedRunHint,
    });
  });

  test("what the caller changes of a definition after the folder was opened is no change of the folder", async () => {
    const definition = { stop: { steps: 10 } };
    const folder = await openRunFolder(temporaryFolder(), { ...options, definition });
    definition.stop.steps = 11;
    folder.complete(outcome);
    expect(readRunFolder(folder.path)).toMatchObject({ definition: { stop: { steps: 10 } } });
  });

  function replace(path: string, what: string, by: string): void {
    writeFileSync(path, readFileSync(path, "utf8").replace(what, by));
  }
});

describe("refusals leave nothing that looks complete", () => {
  test("a root that is a file", async () => {
    const root = join(temporaryFolder(), "file");
    writeFileSync(root, "");
    expect(await refusal(() => openRunFolder(root, options))).toMatchObject({
      code: "STORAGE",
      value: "ENOTDIR",
      path: root,
      hint: "a file stands where a folder is expected; choose another folder",
    });
  });

  test.each(["rows.jsonl", "owner.json"])("a folder in the place of %s", async (name) => {
    const root = temporaryFolder();
    const started = await openRunFolder(root, options);
    started.abandon();
    rmSync(join(started.path, name), { force: true });
    mkdirSync(join(started.path, name));
    expect(await refusal(() => openRunFolder(root, options))).toMatchObject({
      code: "STORAGE",
      hint: "a folder stands where a file is expected; move it away",
    });
  });

  test.skipIf(process.platform !== "linux")("a root that cannot be written", async () => {
    expect(await refusal(() => openRunFolder("/proc/1", options))).toMatchObject({
      code: "STORAGE",
      value: expect.stringMatching(/ENOENT|EACCES/),
    });
  });

  test.skipIf(!existsSync("/dev/full"))("a full disk", async () => {
    const attempt = () => storing("rows.jsonl", "append a row", () => writeFileSync("/dev/full", "x"));
    expect(await refusal(attempt)).toMatchObject({
      code: "STORAGE",
      value: "ENOSPC",
      path: "rows.jsonl",
      hint: "the disk is full; free some space and run again",
    });
  });

  test("an outcome that cannot be put in place", async () => {
    const root = temporaryFolder();
    const folder = await openRunFolder(root, options);
    mkdirSync(join(folder.path, "outcome.json.tmp"));
    expect(await refusal(() => folder.complete(outcome))).toMatchObject({ code: "STORAGE", path: join(folder.path, "outcome.json") });
    folder.abandon();
    expect(readdirSync(folder.path).sort()).toEqual(["definition.json", "environment.json", "outcome.json.tmp", "rows.jsonl"]);
  });

  test("a definition, a row or an outcome that is not data", async () => {
    const root = temporaryFolder();
    expect(await refusal(() => openRunFolder(root, { ...options, definition: new Map() }))).toMatchObject({ code: "DEFINITION" });
    expect(readdirSync(root)).toEqual([]);
    const folder = await openRunFolder(root, options);
    expect(await refusal(() => folder.appendRow({ theta: new Float64Array(1) }))).toMatchObject({ code: "DEFINITION", path: "$.theta" });
    expect(await refusal(() => folder.complete({ at: () => 1 }))).toMatchObject({ code: "DEFINITION" });
    folder.appendRow(rows[0]!);
    folder.complete(outcome);
    expect(readRunFolder(folder.path)!.rows).toEqual([rows[0]]);
  });

  test("names that are not plain file names, and unknown options", async () => {
    const root = temporaryFolder();
    expect(await refusal(() => openRunFolder(root, { ...options, study: ".." }))).toMatchObject({ code: "DEFINITION", path: "study" });
    expect(await refusal(() => openRunFolder(root, { ...options, name: "a/b" }))).toMatchObject({ code: "DEFINITION", path: "name" });
    const misspelt = { ...options, frsh: true };
    expect(await refusal(() => openRunFolder(root, misspelt))).toMatchObject({ code: "DEFINITION", hint: "did you mean fresh?" });
    expect(readdirSync(root)).toEqual([]);
  });

  test("writing after the end", async () => {
    const root = temporaryFolder();
    const folder = await openRunFolder(root, options);
    folder.complete(outcome);
    folder.abandon();
    expect(await refusal(() => folder.appendRow(rows[0]!))).toMatchObject({ code: "DEFINITION" });
    expect(await refusal(() => folder.complete(outcome))).toMatchObject({ code: "DEFINITION" });
    expect(readRunFolder(folder.path)!.rows).toEqual([]);
  });
});

const files = ["definition.json", "environment.json", "rows.jsonl", "outcome.json", "owner.json"];

describe.skipIf(process.platform === "win32")("what stands in the place of a file", () => {
  test.each(files.slice(0, 4))("a link for %s is not followed, a pipe not waited for", async (name) => {
    const path = await writeRun(temporaryFolder());
    const elsewhere = join(temporaryFolder(), name);
    renameSync(join(path, name), elsewhere);
    symlinkSync(elsewhere, join(path, name));
    expect(await refusal(() => readRunFolder(path))).toMatchObject({ code: "DATA", path: join(path, name) });
    rmSync(join(path, name));
    execFileSync("mkfifo", [join(path, name)]);
    expect(await refusal(() => readRunFolder(path))).toMatchObject({ code: "DATA", path: join(path, name) });
  });

  test.each(files.slice(0, 3))(
    "a link or a pipe for %s is removed by who writes the run, and what it leads to is left alone",
    async (name) => {
      const root = temporaryFolder();
      const path = join(root, options.study, options.name);
      mkdirSync(path, { recursive: true });
      const elsewhere = join(temporaryFolder(), name);
      writeFileSync(elsewhere, "not ours");
      symlinkSync(elsewhere, join(path, name));
      symlinkSync(elsewhere, join(path, `${name}.tmp`));
      const folder = await openRunFolder(root, options);
      folder.abandon();
      rmSync(join(path, name));
      execFileSync("mkfifo", [join(path, name)]);
      await writeRun(root);
      expect(readRunFolder(path)!.rows).toEqual(rows);
      expect(readFileSync(elsewhere, "utf8")).toBe("not ours");
    },
  );
});
