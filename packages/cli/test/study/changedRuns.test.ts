import { execFileSync } from "node:child_process";
import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { filesOf, folderWith, temporaryFolder, tiny } from "../support/study.js";

const args = ["run", "tiny.json", "--threads", "1", "--progress", "none"];
const definition = { ...tiny, seeds: [0], arms: { sign: tiny.arms.sign }, claims: [] };

interface Made {
  readonly cwd: string;
  readonly name: string;
  readonly path: (file: string) => string;
}

async function made(): Promise<Made> {
  const cwd = folderWith(definition);
  await steepest(args, { cwd });
  const [name] = Object.keys(filesOf(cwd, "outcome.json")) as [string];
  return { cwd, name, path: (file) => join(cwd, "runs/tiny", name, file) };
}

test("an edited outcome is bad data, told with the run and the file, until the run is made again", async () => {
  const { cwd, name, path } = await made();
  const text = filesOf(cwd, "outcome.json")[name]!;
  writeFileSync(path("outcome.json"), text.replace('"warnings":[]', '"warnings":[{"what":"toString"}]'));
  const { code, stderr } = await steepest(args, { cwd });
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: expect.stringContaining(`error sign s0: runs/tiny/${name}/outcome.json: has other content than it was written with: `),
  });
  expect(await steepest([...args, "--fresh"], { cwd })).toMatchObject({ code: 0 });
  expect(filesOf(cwd, "outcome.json")).toEqual({ [name]: text });
});

test.skipIf(process.platform === "win32")("a link to the rows is not followed, and a pipe not waited for", async () => {
  const { cwd, name, path } = await made();
  const rows = filesOf(cwd, "rows.jsonl");
  const elsewhere = join(temporaryFolder(), "rows.jsonl");
  renameSync(path("rows.jsonl"), elsewhere);
  symlinkSync(elsewhere, path("rows.jsonl"));
  const message = `error sign s0: runs/tiny/${name}/rows.jsonl: is not a regular file`;
  expect(await steepest(args, { cwd })).toMatchObject({ code: 3, stderr: expect.stringContaining(message) });
  rmSync(path("rows.jsonl"));
  execFileSync("mkfifo", [path("rows.jsonl")]);
  expect(await steepest(args, { cwd })).toMatchObject({ code: 3, stderr: expect.stringContaining(message) });
  expect(await steepest([...args, "--fresh"], { cwd })).toMatchObject({ code: 0 });
  expect(filesOf(cwd, "rows.jsonl")).toEqual(rows);
});
