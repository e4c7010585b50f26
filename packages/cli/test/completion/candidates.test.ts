import { norms } from "@steepest/core";
import { catalog } from "@steepest/experiments";
import { expect, test } from "vitest";
import { candidates } from "../../src/completion/candidates.js";
import { commandLine } from "../../src/program.js";

const program = await commandLine();
/** The words that go on with a line, whose last word is the cursor's. */
function after(line: string): readonly string[] | "files" {
  const words = line.split(" ");
  const found = candidates(program, words.slice(0, -1), words.at(-1)!);
  return found === "files" ? found : found.map(({ name }) => name);
}

test.each([
  ["re", ["reproduce"]],
  ["run teacher", [...catalog.keys()].filter((id) => id.startsWith("teacher"))],
  ["run --set stop.steps=3 teacher-student-s", ["teacher-student-small"]],
  ["run mine", "files"],
  ["run -", ["--set", "--seed", "--runs", "--threads", "--fresh", "--checkpoint", "--progress", "--json", "--save", "--help"]],
  ["run kkt-2 --save best:margin.li", ["best:margin.linf"]],
  ["run kkt-2 --progress ", ["auto", "plain", "json", "none"]],
  ["run kkt-2 ", []],
  ["run --runs ", "files"],
  ["maxmargin --norm ", Object.keys(norms)],
  ["maxmargin --norm l2 --norm lin", ["linf"]],
  ["certify --norm sp", ["spectral"]],
  ["certify runs/a runs/b ru", "files"],
  ["reproduce kkt-2 kkt-s", ["kkt-squared"]],
  ["check --profile d", ["deep"]],
  ["check --law hol", ["holder"]],
  ["list -- nor", ["norms"]],
  ["completion z", ["zsh"]],
  ["nonsense re", ["reproduce"]],
] as const)("%j", (line, expected) => {
  expect(after(line)).toEqual(expected);
});

test("a command that nobody calls by hand is not offered", () => {
  expect(after("comp")).toEqual(["completion"]);
});
