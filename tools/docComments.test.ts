import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { unnamedSubjects } from "./docComments.mjs";

// Assembled, so that this file holds no such comment itself.
const comment = (...lines: string[]): string =>
  lines.length === 1 ? `/${"*"}* ${lines[0]} */` : [`/${"*"}*`, ...lines.map((line) => ` * ${line}`), " */"].join("\n");

const unnamed = [
  "The same, or else what there is.",
  "Of the steps before separation.",
  "What a run says.",
  "Whatever is left.",
  "Who steers at the moment.",
  "Whose steps they are.",
  "How each run ended.",
  "Where the file lies.",
  "Whether it holds.",
  "That it holds.",
  "Which margin it raises.",
  "Why it failed.",
];

const named = [
  "A hint: the nearest choice, or the list of all choices.",
  "Whole numbers only.",
  "Offset of the values.",
  "Howard's method of what is the same.",
  "f64[p] scratch; contents are undefined between calls.",
  "||θ|| of what moves.",
  "@throws DefinitionError",
];

test.each(unnamed)("%s", (opening) => {
  expect(unnamedSubjects(comment(opening))).toEqual([{ line: 1, text: opening }]);
  expect(unnamedSubjects(`const x = 1;\n${comment(opening, "More of it.")}\n`)).toEqual([{ line: 3, text: opening }]);
});

test.each(named)("%s", (opening) => {
  expect(unnamedSubjects(comment(opening))).toEqual([]);
  expect(unnamedSubjects(comment(opening, "Of which this is the second line."))).toEqual([]);
});

test("line comments and other block comments are not doc comments", () => {
  expect(unnamedSubjects("// What a line says.\n/* How it is. */\n/**/ const x = 1;\n")).toEqual([]);
});

test("the structure check names file and line", () => {
  const root = mkdtempSync(join(tmpdir(), "steepest-structure-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const folder of ["assembly", "packages", "bench", "tools"]) mkdirSync(join(root, folder));
  const check = () =>
    spawnSync(process.execPath, [fileURLToPath(new URL("structure-check.mjs", import.meta.url)), root], { encoding: "utf8" });
  writeFileSync(join(root, "tools", "probe.mjs"), `\n${comment("Outcome of a run.")}\n`);
  expect(check()).toMatchObject({ status: 0, stderr: "" });
  writeFileSync(join(root, "tools", "probe.mjs"), `\n${comment("How it is.")}\n`);
  const line = `${join("tools", "probe.mjs")}:2: a doc comment names its subject with a noun, not "How it is...."`;
  expect(check()).toMatchObject({ status: 1, stderr: `structure: ${line}\n` });
});
