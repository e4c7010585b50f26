import { createHash } from "node:crypto";
import { canonicalJson, decodeJson } from "@steepest/core";
import type { SealedOutcome } from "@steepest/core/internal";
import { execute, type Row, type RunEnd } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { everyChange } from "../../../core/test/support/everyChange.js";
import { readRun } from "../../src/runFolder/readRun.js";
import { type RunFile, runFilesAmong } from "../../src/runFolder/runFiles.js";
import { kernels, noFiles } from "../export/recorded.js";
import { filesBelow, temporaryFolder, textOf, type WrittenRun, withFiles, writeRun } from "./writtenRun.js";

/** The outcome.json of a version that hashed rows.jsonl only. */
function unsealed(run: WrittenRun): string {
  const { outcome, resultHash, rowCount } = decodeJson(textOf(run, "outcome.json")) as SealedOutcome;
  return canonicalJson({ outcome, resultHash, rowCount });
}

/** The refusal: a DataError that names the file in its message and its path, and has a hint. */
async function refusal(run: WrittenRun, file: string, changes: Readonly<Record<string, string | undefined>>): Promise<string> {
  const path = `runs/tiny/${run.name}/${file}`;
  const error = await readRun(withFiles(run, changes)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: "DATA", path, hint: expect.stringMatching(/./) });
  const { message } = error as Error;
  expect(message.startsWith(`${path}: `), message).toBe(true);
  return message.slice(path.length + 2);
}

describe("a run folder that steepest run wrote", () => {
  test("reads back bit for bit, and again from its definition", async () => {
    const root = temporaryFolder();
    const written = await writeRun(root, { seed: 1 });
    const [files, ...others] = runFilesAmong(filesBelow(root));
    expect(others).toEqual([]);
    const run = await readRun(files!);
    expect(run).toMatchObject({
      study: "tiny",
      arm: "sign",
      run: { seed: 1 },
      sealed: { resultHash: written.resultHash, endHash: expect.any(String), end: { outcome: written.end!.outcome } },
    });
    expect(run.path.endsWith(`/tiny/${written.name}`)).toBe(true);
    expect(run.rows).toEqual(written.rows);
    expect(Number.isNaN(run.rows[0]!["margin.l2"])).toBe(true); // θ = 0

    const again: Row[] = [];
    for await (const event of execute(run.run, { kernels, files: noFiles })) {
      if (event.kind === "row") again.push(event.row);
    }
    expect(again.map(canonicalJson)).toEqual(run.rows.map(canonicalJson));
  });

  test("of a version that did not record what it was trained on is read as well", async () => {
    const written = await writeRun(temporaryFolder(), { data: null });
    expect(textOf(written, "environment.json")).not.toContain("data");
    expect(await readRun(withFiles(written))).toMatchObject({ sealed: { resultHash: written.resultHash } });
  });

  test("of a version that wrote -0 as a string is read as well, and its name checked", async () => {
    const written = await writeRun(temporaryFolder());
    const run = decodeJson(textOf(written, "definition.json")) as { dataset: { constant: number } };
    run.dataset.constant = -0;
    const { numerics, data } = JSON.parse(textOf(written, "environment.json"));
    const asString = (text: string): string => text.replace('"constant":-0.0', '"constant":"-0"');
    const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);
    const text = canonicalJson({ run, numerics, data });
    const { files } = withFiles(written, { "definition.json": asString(canonicalJson(run)), "outcome.json": unsealed(written) });
    for (const each of [text, asString(text)]) {
      const read = await readRun({ path: `runs/tiny/sign-s0-${hash(each)}`, files });
      expect(read.run.dataset).toEqual(run.dataset); // toEqual tells -0 from 0
    }
    await expect(readRun({ path: `runs/tiny/sign-s0-${hash(`${text} `)}`, files })).rejects.toThrow("folder's name");
  });

  test("is incomplete where it was interrupted, which is no error", async () => {
    const written = await writeRun(temporaryFolder(), { rowCount: 3 });
    const run = await readRun(withFiles(written));
    expect(run.rows).toEqual(written.rows);
    expect(run.rows.length).toBe(3);
    expect(run.sealed).toBeUndefined();
  });

  test("cut off anywhere in its rows, while incomplete, it holds its whole lines", async () => {
    const written = await writeRun(temporaryFolder(), { rowCount: 3 });
    const text = textOf(written, "rows.jsonl");
    for (let length = 0; length <= text.length; length++) {
      const cut = text.slice(0, length);
      const { rows } = await readRun(withFiles(written, { "rows.jsonl": cut }));
      expect(rows, cut).toEqual(written.rows.slice(0, cut.split("\n").length - 1));
    }
  });

  test("in a folder of another name it is an arm of that name, and needs no environment.json", async () => {
    const { files } = withFiles(await writeRun(temporaryFolder()), { "environment.json": undefined });
    expect(await readRun({ path: "mine, all mine!", files })).toMatchObject({ arm: "mine, all mine!", study: "", run: { seed: 0 } });
  });
});

describe("what is not a run as it was written is refused, naming the file:", () => {
  test.each(["definition.json", "rows.jsonl"])("%s is missing", async (file) => {
    const run = await writeRun(temporaryFolder());
    expect(await refusal(run, file, { [file]: undefined })).toMatch(/^is missing/);
  });

  test.each(["definition.json", "environment.json", "outcome.json"])("%s is not JSON", async (file) => {
    const run = await writeRun(temporaryFolder());
    for (const text of ["", "{", '{"a":1', "NaN", "\ufeff{}", "<html>"])
      expect(await refusal(run, file, { [file]: text })).toMatch(/^is not JSON: ./);
  });

  test.each(["definition.json", "environment.json", "rows.jsonl", "outcome.json"])("%s cannot be read any more", async (file) => {
    const { path, files } = withFiles(await writeRun(temporaryFolder()));
    const gone = async () => Promise.reject(new DOMException("A requested file could not be found", "NotFoundError"));
    const others = new Map([...files, [file, { path: `${path}/${file}`, bytes: gone }]]);
    await expect(readRun({ path, files: others })).rejects.toMatchObject({
      code: "DATA",
      path: `${path}/${file}`,
      message: `${path}/${file}: cannot be read: A requested file could not be found`,
      hint: "open the folder again",
    });
  });

  test("rows that were cut off, within a line or at its end", async () => {
    const run = await writeRun(temporaryFolder());
    const text = textOf(run, "rows.jsonl");
    expect(await refusal(run, "rows.jsonl", { "rows.jsonl": text.slice(0, -1) })).toMatch(
      /^ends within a line although the run is complete/,
    );
    const short = text.split("\n").slice(0, -2).join("\n");
    expect(await refusal(run, "rows.jsonl", { "rows.jsonl": `${short}\n` })).toMatch(/^has SHA-256 [0-9a-f]{64}, expected/);
  });

  test("one digit of a row was changed", async () => {
    const run = await writeRun(temporaryFolder());
    const text = textOf(run, "rows.jsonl");
    const digit = text.lastIndexOf("1", text.length - 20);
    const message = await refusal(run, "rows.jsonl", { "rows.jsonl": `${text.slice(0, digit)}2${text.slice(digit + 1)}` });
    expect(message).toMatch(new RegExp(`expected ${run.resultHash} as outcome.json says$`));
  });

  test("a line of the rows is no row", async () => {
    const run = await writeRun(temporaryFolder());
    const lines = textOf(run, "rows.jsonl").split("\n");
    const withLine = (line: string): Promise<string> =>
      refusal(run, "rows.jsonl", { "rows.jsonl": [...lines.slice(0, 2), line, ...lines.slice(3)].join("\n") });
    expect(await withLine("{")).toMatch(/^line 3 is not JSON: ./);
    expect(await withLine("")).toMatch(/^line 3 is not JSON: ./);
    for (const text of ["1", "null", "[]", '"row"']) expect(await withLine(text)).toBe("line 3 is not a row, expected a JSON object");
    expect(await withLine(lines[1]!)).toMatch(/^line 3 has step 1, expected an integer above 1/);
    expect(await withLine("{}")).toMatch(/^line 3 has step nothing, expected/);
    expect(await withLine('{"step":1.5}')).toMatch(/^line 3 has step 1.5, expected/);
    expect(await withLine('{"step":2,"logRisk":0}')).toBe("line 3 has no number for the probe margin.l2 of its definition");
    expect(await withLine('{"step":2,"logRisk":"0","margin.l2":1}')).toBe("line 3 has no number for the probe logRisk of its definition");
  });

  test.each([
    ["null", "null"],
    ["a package.json", '{"name":"x","version":"1.0.0"}'],
    ["an array", "[1]"],
    ["text", '"text"'],
    ["nothing", "{}"],
  ])("definition.json is that of something else: %s", async (_what, text) => {
    const run = await writeRun(temporaryFolder());
    expect(await refusal(run, "definition.json", { "definition.json": text })).toMatch(/^is not the definition of a run: ./);
  });

  test("definition.json asks for an optimiser that is not known", async () => {
    const run = await writeRun(temporaryFolder());
    const text = textOf(run, "definition.json").replace('"kind":"steepest"', '"kind":"steepset"');
    expect(await refusal(run, "definition.json", { "definition.json": text })).toMatch(/^is not the definition of a run: .*steepset/);
  });

  test("the folder's name says another seed", async () => {
    const run = await writeRun(temporaryFolder());
    const text = textOf(run, "definition.json").replace('"seed":0', '"seed":5');
    expect(await refusal(run, "definition.json", { "definition.json": text, "outcome.json": unsealed(run) })).toBe(
      "has seed 5, expected 0 as the folder's name says",
    );
  });

  test("definition.json, or the numerics or the data beside it, is not what the folder is named after", async () => {
    const run = await writeRun(temporaryFolder());
    const named = run.name.slice(-12);
    const message = new RegExp(
      `^has, with the numerics and the data of environment.json, a SHA-256 of [0-9a-f]{12}..., expected ${named}... as the folder's name says$`,
    );
    const definition = textOf(run, "definition.json").replace('"size":0.1', '"size":0.2');
    expect(definition).not.toBe(textOf(run, "definition.json"));
    const withoutSeal = { "outcome.json": unsealed(run) };
    expect(await refusal(run, "definition.json", { ...withoutSeal, "definition.json": definition })).toMatch(message);
    const recorded = JSON.parse(textOf(run, "environment.json")) as { readonly data: object };
    const otherData = JSON.stringify({ ...recorded, data: { ...recorded.data, drawn: "0".repeat(64) } });
    for (const environment of [undefined, "{}", '{"node":"24.0.0","numerics":"cd"}', otherData])
      expect(await refusal(run, "definition.json", { ...withoutSeal, "environment.json": environment })).toMatch(message);
    const { files } = withFiles(run, { ...withoutSeal, "definition.json": definition });
    const read = await readRun({ path: "mine", files }); // a name that says nothing
    expect([read.run.seed, read.sealed?.resultHash, read.sealed?.endHash]).toEqual([0, run.resultHash, undefined]);
  });

  test("outcome.json does not say how a run ended, or holds no hash", async () => {
    const run = await writeRun(temporaryFolder());
    const end = decodeJson(unsealed(run)) as { readonly outcome: { readonly outcome: { readonly step: number } } };
    const { step } = end.outcome.outcome;
    const written = (changed: unknown): Promise<string> => refusal(run, "outcome.json", { "outcome.json": JSON.stringify(changed) });
    const kinds = "expected one of finished, diverged, stationary-not-separated, stalled";
    for (const none of [null, 1, [], {}, { ...end, outcome: null }, { ...end, outcome: {} }]) {
      expect(await written(none)).toBe(`has outcome.outcome.kind nothing, ${kinds}`);
    }
    const ended = (changes: object) => written({ ...end, outcome: { ...end.outcome, ...changes } });
    expect(await ended({ outcome: { kind: "exploded", step: 3 } })).toBe(`has outcome.outcome.kind "exploded", ${kinds}`);
    for (const [bad, shown] of [
      ["12", '"12"'],
      [1.5, "1.5"],
      [-1, "-1"],
      [undefined, "nothing"],
      ["NaN", "NaN"],
    ] as const) {
      expect(await ended({ outcome: { kind: "finished", step: bad } })).toBe(
        `has outcome.outcome.step ${shown}, expected an integer from 0 on`,
      );
    }
    for (const name of ["perfectAccuracyStep", "separationStep"]) {
      for (const [bad, shown] of [
        ["3", '"3"'],
        [null, "null"],
        [-1, "-1"],
        [step + 1, String(step + 1)],
      ] as const) {
        expect(await ended({ [name]: bad })).toBe(
          `has outcome.${name} ${shown}, expected nothing, or an integer from 0 to ${step}, where the run ended`,
        );
      }
    }
    expect(await written({ ...end, resultHash: undefined })).toBe("has resultHash nothing, expected a SHA-256 in hex");
    expect(await written({ ...end, resultHash: 7 })).toBe("has resultHash 7, expected a SHA-256 in hex");
    expect(await written({ ...end, rowCount: "7" })).toBe('has rowCount "7", expected an integer from 0 on');
    expect(await written({ ...end, rowCount: 1 })).toBe(`has rowCount 1, expected ${run.rows.length} as rows.jsonl has`);
  });

  test.each(["outcome.json", "definition.json", "environment.json"])("%s, whatever was changed in it", async (file) => {
    const run = await writeRun(temporaryFolder());
    for (const { what, changed } of everyChange(decodeJson(textOf(run, file)))) {
      const { path, files } = withFiles(run, { [file]: canonicalJson(changed) });
      await expect(readRun({ path, files }), what).rejects.toMatchObject({ code: "DATA" });
      await expect(readRun({ path: "mine", files }), what).rejects.toMatchObject({ code: "DATA", path: `mine/${file}` });
    }
  });

  test("an end that its rows contradict, of a version that did not hash it", async () => {
    const run = await writeRun(temporaryFolder());
    const { outcome, ...others } = decodeJson(unsealed(run)) as { readonly outcome: RunEnd };
    const { sealed } = await readRun(withFiles(run, { "outcome.json": unsealed(run) }));
    expect([sealed?.end.outcome, sealed?.endHash]).toEqual([outcome.outcome, undefined]);
    for (const [changes, message] of [
      [{ separationStep: outcome.outcome.step }, /^has outcome.separationStep 12, but the row of that step is none: log risk 1\.3/],
      [{ perfectAccuracyStep: 11 }, /^has outcome.perfectAccuracyStep 11, but rows.jsonl has no row of that step$/],
      [{ outcome: { kind: "stalled", step: 11 } }, /^has outcome.outcome.step 11, expected 12 as the last row of rows.jsonl says$/],
      [
        { outcome: { ...outcome.outcome, reason: "logRiskBelow" } },
        /^has outcome.outcome.reason "logRiskBelow", but definition.json has no/,
      ],
    ] as const) {
      const text = canonicalJson({ ...others, outcome: { ...outcome, ...changes } });
      expect(await refusal(run, "outcome.json", { "outcome.json": text })).toMatch(message);
    }
  });

  test("no file is read twice: what is hashed is what was parsed", async () => {
    const { path, files } = withFiles(await writeRun(temporaryFolder()));
    const reads: string[] = [];
    const counted = [...files].map(([name, file]): [string, RunFile] => [
      name,
      {
        ...file,
        bytes: () => {
          reads.push(name);
          return file.bytes();
        },
      },
    ]);
    await readRun({ path, files: new Map(counted) });
    expect(reads.sort()).toEqual([...files.keys()].sort());
  });
});

test("run folders are found among other files, at any depth, in order of their paths", () => {
  const file = (path: string) => ({ path, bytes: async () => new Uint8Array() });
  const paths = [
    "b/rows.jsonl",
    "a/x/definition.json",
    "a/x/rows.jsonl",
    "a/x/owner.json",
    "a/outcome.json",
    "README.md",
    "definition.json",
  ];
  const found = runFilesAmong(paths.map(file));
  expect(found.map(({ path, files }) => [path, [...files.keys()]])).toEqual([
    ["", ["definition.json"]],
    ["a/x", ["definition.json", "rows.jsonl"]],
    ["b", ["rows.jsonl"]],
  ]);
  expect(runFilesAmong([])).toEqual([]);
});
