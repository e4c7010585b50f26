import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StorageError } from "@steepest/node";
import { expect, test } from "vitest";
import { writeOutput } from "../src/writeOutput.js";
import { temporaryFolder } from "./support/study.js";

test("a file is written whole, in the place of another", () => {
  const folder = temporaryFolder();
  writeOutput(join(folder, "a"), "one");
  writeOutput(join(folder, "a"), "two");
  expect(readFileSync(join(folder, "a"), "utf8")).toBe("two");
  expect(readdirSync(folder)).toEqual(["a"]);
});

test.each([["missing/a"], ["file/a"], ["."]])("%s cannot be written, and nothing is left behind", (path) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  expect(() => writeOutput(join(folder, path), "text")).toThrow(StorageError);
  expect(readdirSync(folder)).toEqual(["file"]);
});
