import { expect, test } from "vitest";
import { readTable } from "../../src/data/readTable.js";
import { npyFile } from "./npyFile.js";
import { refused } from "./refused.js";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const array = npyFile({ descr: "'|i1'", shape: "(2, 2)", body: Uint8Array.of(5, 0, 6, 1) });

test("the content decides, not how the name ends", () => {
  const points = { kind: "points", inputs: [[5], [6]], labels: [-1, 1], constant: 1 };
  expect(readTable("a.csv", array)).toEqual(points);
  expect(readTable("a.npy", text("5,0\n6,1"))).toEqual(points);
});

test("a byte order mark is no part of the first number", () => {
  expect(readTable("a.csv", Uint8Array.of(0xef, 0xbb, 0xbf, ...text("5,0\n6,1"))).inputs).toEqual([[5], [6]]);
});

test.each([
  ["a.npz", Uint8Array.of(0x50, 0x4b, 3, 4, 0), "a.npz: the file is a zip archive, as .npz and .xlsx are"],
  ["a.bin", Uint8Array.of(1, 0, 2), "a.bin: the file is not text"],
  ["a.csv", text(""), "a.csv: the file is empty"],
])("%s is refused by name", (name, bytes, message) => {
  expect(refused(() => readTable(name, bytes)).message).toBe(message);
});

test("the hint of an archive says what is read instead", () => {
  expect(refused(() => readTable("a.npz", Uint8Array.of(0x50, 0x4b, 3, 4))).hint).toMatch(/\.npz archives are not read/);
});

test("a table whose heading begins like an archive is a table", () => {
  expect(readTable("a.csv", text("PK,label\n5,0\n6,1")).inputs).toEqual([[5], [6]]);
});
