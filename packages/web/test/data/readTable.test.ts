import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { npyFile } from "../../../formats/test/support/npyFile.js";
import { readTable, readTableFile } from "../../src/data/readTable.js";
import { refused } from "./refused.js";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const array = npyFile({ descr: "'|i1'", shape: "(2, 2)", body: Uint8Array.of(5, 0, 6, 1) });

test("the content decides, not how the name ends", async () => {
  const points = { kind: "points", inputs: [[5], [6]], labels: [-1, 1], constant: 1 };
  expect((await readTable("a.csv", array)).samples).toEqual(points);
  expect((await readTable("a.npy", text("5,0\n6,1"))).samples).toEqual(points);
});

test("a byte order mark is no part of the first number", async () => {
  expect((await readTable("a.csv", Uint8Array.of(0xef, 0xbb, 0xbf, ...text("5,0\n6,1")))).samples.inputs).toEqual([[5], [6]]);
});

test("text of a spreadsheet in UTF-16 is read, in either order of bytes", async () => {
  const content = "\ufeffx\tKlasse\r\n5\tgrün\r\n6\trot\r\n";
  const little = new Uint8Array(Buffer.from(content, "utf16le"));
  const big = new Uint8Array(Buffer.from(content, "utf16le").swap16());
  for (const bytes of [little, big]) {
    const { samples, remarks } = await readTable("a.txt", bytes);
    expect(samples).toMatchObject({ inputs: [[5], [6]], labels: [-1, 1] });
    expect(remarks[1]).toBe("The label is the last column (Klasse): “grün” is class −1, “rot” is class +1.");
  }
});

test("and so without a byte order mark", async () => {
  const little = Buffer.from("5\t0\n6\t1\n", "utf16le");
  for (const bytes of [little, Buffer.from(little).swap16()]) {
    expect((await readTable("a.txt", new Uint8Array(bytes))).samples.inputs).toEqual([[5], [6]]);
  }
});

test.each([true, false])("text in UTF-32 is named as that, little end first: %s", async (isLittle) => {
  for (const content of ["5,0\n6,1\n", "\ufeff5,0\n6,1\n"]) {
    const view = new DataView(new ArrayBuffer(4 * content.length));
    for (let i = 0; i < content.length; i++) view.setUint32(4 * i, content.charCodeAt(i), isLittle);
    const { message, hint } = await refused(() => readTable("a.csv", new Uint8Array(view.buffer)));
    expect([message, hint]).toEqual(["is in UTF-32", "save it as UTF-8"]);
  }
});

test.each([
  ["a.npz", Uint8Array.of(0x50, 0x4b, 3, 4, 0), "has no end of a zip directory in its 5 bytes"],
  ["a.bin", Uint8Array.of(1, 0, 2), "is not text: byte 1 is 0"],
  ["a.csv", text(""), "is empty"],
])("%s is refused by name", async (name, bytes, message) => {
  expect((await refused(() => readTable(name, bytes))).message).toBe(message);
});

test.each([
  ["gzipped", "pandas.csv.gz"],
  ["npz", "stored.npz"],
  ["Parquet", "duckdb-many.parquet"],
])("%s is read as well", async (_, name) => {
  const bytes = new Uint8Array(readFileSync(new URL(`../../../formats/test/golden/${name}`, import.meta.url)));
  const { samples } = await readTable(name, bytes);
  expect(new Set(samples.labels)).toEqual(new Set([-1, 1]));
});

test("a table whose heading begins like an archive is a table", async () => {
  expect((await readTable("a.csv", text("PK,label\n5,0\n6,1"))).samples.inputs).toEqual([[5], [6]]);
});

test("a file is read, and known by the hash of its bytes", async () => {
  const { samples, sha256 } = await readTableFile(new File(["5,0\n6,1"], "a.csv"));
  expect(samples.inputs).toEqual([[5], [6]]);
  expect(sha256).toBe(createHash("sha256").update("5,0\n6,1").digest("hex"));
});

test("a file that is too large is refused without being read, with the limit and what to do", async () => {
  const file = { name: "large.csv", size: 63e6, arrayBuffer: () => Promise.reject(new Error("it was read")) };
  await expect(readTableFile(file as unknown as File)).rejects.toMatchObject({
    code: "DATA",
    message: "large.csv: the file has 63 MB",
    hint: "at most 32 MB: leave out samples or digits; the command line takes more: steepest run",
  });
});

test("of a table with too many lines or columns is told which", async () => {
  const few = 6000;
  const wide = text(`${"0,".repeat(2e6)}0\n1,1`);
  const long = text("oops,1\n".repeat(few));
  expect((await refused(() => readTable("a.csv", long))).message).toBe("the file has more than 5000 samples");
  expect((await refused(() => readTable("a.csv", wide))).message).toBe("line 1 has more than 100000 columns");
});
