import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { main, steepest } from "../support/steepest.js";
import { temporaryFolder } from "../support/study.js";

/** A folder with the program under its name, for shells that call it. */
function installed(): string {
  const folder = temporaryFolder();
  const program = join(folder, "steepest");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(program, 0o755);
  return folder;
}

/** The words that bash offers at the end of each line, by the script that the program gave it. */
function offered(lines: readonly string[]): string[][] {
  const folder = installed();
  const asking = `
source <(steepest completion bash)
while IFS= read -r line; do
  COMP_LINE="$line" COMP_POINT=\${#line} COMPREPLY=()
  read -ra COMP_WORDS <<< "$line"
  [[ "$line" == *" " ]] && COMP_WORDS+=("")
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
  _steepest_completion
  echo "\${COMPREPLY[*]}"
done`;
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` };
  const answer = execFileSync("bash", ["-c", asking], { env, input: `${lines.join("\n")}\n`, encoding: "utf8" });
  return answer
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" ").filter((word) => word !== ""));
}

describe("the script for bash", () => {
  test("offers commands, ids, options and words of options", () => {
    expect(offered(["steepest re", "steepest run teacher", "steepest run kkt-2 --se", "steepest maxmargin --norm sp"])).toEqual([
      ["reproduce"],
      ["teacher-student", "teacher-student-small"],
      ["--set", "--seed"],
      ["spectral"],
    ]);
  });
});

/** The answer to a script's question at the end of a line. */
async function answer(shell: string, line: string): Promise<string> {
  const words = line.split(" ");
  const given = shell === "fish" ? words.filter((word) => word !== "") : words; // fish leaves an empty word out
  const { code, stdout, stderr } = await steepest(["completion-server", "--", ...given], {
    env: {
      SHELL: shell,
      COMP_CWORD: String(shell === "fish" ? given.length : given.length - 1),
      COMP_LINE: line,
      COMP_POINT: String(line.length),
    },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

test("every shell hears the words in its own form, and of files as it wants to", async () => {
  expect(await answer("zsh", "steepest rep")).toMatch(/^reproduce:catalog experiments/);
  expect(await answer("fish", "steepest rep")).toMatch(/^reproduce\tcatalog experiments/);
  expect(await answer("fish", "steepest run --progress ")).toMatch(/^auto(\t.*)?\nplain/);
  expect(await answer("zsh", "steepest run mine")).toBe("__tabtab_complete_files__\n");
  expect(await answer("bash", "steepest run mine")).toBe("");
});

test("a shell without a script is refused with those that have one", async () => {
  const { code, stderr } = await steepest(["completion", "tcsh"]);
  expect(code).toBe(2);
  expect(stderr).toBe('error shell: must be one of bash, zsh, fish, got "tcsh"\nhint: did you mean "bash"?\n');
});
