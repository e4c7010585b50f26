import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { ended, main, steepest } from "../support/steepest.js";
import { filesOf, folderWith, temporaryFolder, tiny } from "../support/study.js";

const piped = async (text: string, ...args: string[]) => {
  const cwd = temporaryFolder();
  const child = spawn(process.execPath, [main, "run", "-", "--progress", "none", ...args], { cwd, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.on("error", () => {}).end(text);
  return { cwd, ...(await ended(child)) };
};
const names = (cwd: string): string[] => Object.keys(filesOf(cwd, "outcome.json")).map((name) => name.replace(/-[0-9a-f]{12}$/, ""));

test("a definition from the standard input is run as the same one from a file", async () => {
  const { cwd, code, stderr } = await piped(JSON.stringify(tiny), "--set", "stop.steps=20");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const file = folderWith();
  await steepest(["run", "tiny.json", "--progress", "none", "--set", "stop.steps=20"], { cwd: file });
  expect(filesOf(cwd, "rows.jsonl")).toEqual(filesOf(file, "rows.jsonl"));
});

test.each([
  ["", "error standard input: not valid JSON in line 1, column 1: the file is empty\n"],
  ["[]", "error standard input: must hold a JSON object, the definition\n"],
  ['{"id":"a","id":"b"}', "stands twice in standard input"],
  ["\ufeff{}", "error "],
  [
    '{"dataset":{"inputs":[[1,0],[0e5,\n1e-400]]}}',
    "error dataset.inputs[1][1]: 1e-400 in line 2 is nearer to 0 than the smallest double, 4.9e-324\n",
  ],
  ['{"init":{"scale":-1e309}}', "error init.scale: -1e309 in line 1 is beyond the largest double, 1.8e308\n"],
])("%j from the standard input is refused", async (text, message) => {
  const { code, stderr } = await piped(text);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});

test.each([
  ["0-2", ["s0", "s1", "s2"]],
  ["7", ["s7"]],
  ["0,2", ["s0", "s2"]],
  ["0,3-4", ["s0", "s3", "s4"]],
])("--seed %s runs these seeds", async (seeds, expected) => {
  const { cwd, code } = await piped(
    JSON.stringify({ ...tiny, arms: { sign: tiny.arms.sign }, claims: [], stop: { steps: 5 } }),
    "--seed",
    seeds,
  );
  expect(code).toBe(0);
  expect(names(cwd)).toEqual(expected.map((seed) => `sign-${seed}`));
});

test.each([
  ["4-1", "a range from the smaller to the larger seed"],
  ["0-99999", "a range of at most 10000 seeds"],
  ["1-", "an integer >= 0, a range as 0-4, or a list as 0,2,5-9"],
  ["1,,2", "an integer >= 0, a range as 0-4, or a list as 0,2,5-9"],
  ["9007199254740993", "integers below 2^53"],
])("--seed %s is refused", async (seeds, expectation) => {
  const { code, stderr } = await piped(JSON.stringify(tiny), "--seed", seeds);
  expect(stderr).toBe(`error --seed: must be ${expectation}, got ${seeds}\n`);
  expect(code).toBe(2);
});
