import { DataError } from "@steepest/core";
import { runsOf } from "@steepest/experiments";
import { expect, test } from "vitest";
import { optimizerNames } from "../../src/runFolder/optimizerNames.js";
import type { RunFiles } from "../../src/runFolder/runFiles.js";
import { definition } from "./writtenRun.js";

const text = JSON.stringify(runsOf(definition)[0]!.run);

function folder(path: string, bytes: () => Promise<Uint8Array<ArrayBuffer>>): RunFiles {
  return { path, files: new Map([["definition.json", { path: `${path}/definition.json`, bytes }]]) };
}

const encoded = (content: string) => async () => new TextEncoder().encode(content);

test("names come a few at a time, and nothing is read once nobody asks for more", async () => {
  const read: string[] = [];
  const found = Array.from({ length: 20 }, (_, i) =>
    folder(String(i), () => {
      read.push(String(i));
      return encoded(text)();
    }),
  );
  for await (const some of optimizerNames(found)) {
    expect(some).toEqual(["0", "1", "2", "3", "4", "5"].map((path) => [path, "sign descent"]));
    break;
  }
  expect(read).toHaveLength(6);
  const all = [];
  for await (const some of optimizerNames(found)) all.push(...some);
  expect(all.map(([path]) => path)).toEqual(found.map(({ path }) => path));
});

test("a run that cannot be read has no name; an error of ours is none of the run's", async () => {
  const found = [
    folder("gone", () => Promise.reject(new DataError("gone"))),
    folder("closed", () => Promise.reject(new DOMException("closed", "NotReadableError"))),
    folder("broken", encoded("{")),
    folder("alien", encoded("null")),
    { path: "empty", files: new Map() },
    folder("good", encoded(text)),
  ];
  for await (const some of optimizerNames(found)) expect(some).toEqual([["good", "sign descent"]]);
  const ours = optimizerNames([folder("ours", async () => 7 as never)]);
  await expect(ours.next()).rejects.toThrow(TypeError);
});
