import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { script } from "../support/checkers.js";

const files = readdirSync(script("."), { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));

test("the checkers are files of at most 80 lines of at most 140 characters", () => {
  expect(files).toEqual(expect.arrayContaining(["check-certificate.mjs", "check_certificate.py"]));
  for (const name of files) {
    const lines = readFileSync(script(name), "utf8").trimEnd().split("\n");
    expect([name, lines.length > 80, lines.filter(({ length }) => length > 140)]).toEqual([name, false, []]);
  }
});

test("the checkers import the files beside them, and but for those only Node, or the standard library of Python and numpy", () => {
  const modules = /^(?:from (\w+) import|import (\w+))/gm;
  const standard = ["base64", "functools", "hashlib", "json", "math", "pathlib", "sys", "types", "typing", "numpy"];
  for (const name of files) {
    const text = readFileSync(script(name), "utf8");
    const imported = name.endsWith(".py")
      ? [...text.matchAll(modules)]
          .map(([, from, plain]) => (from ?? plain)!)
          .filter((one) => !standard.includes(one) && !files.includes(`${one}.py`))
      : [...text.matchAll(/(?:from|import\() ?"([^"]+)"/g)]
          .map(([, from]) => from!)
          .filter((one) => !one.startsWith("node:") && !files.includes(one.slice(2)));
    expect([name, imported]).toEqual([name, []]);
  }
});
