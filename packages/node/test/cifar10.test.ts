import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readCifar10File } from "../src/index.js";

/** A record of the binary version: the label, then red, green and blue, row by row. Pixel (channel, row, column) of image i is 7 i + 64 channel + 2 row + column mod 256. */
function record(label: number, i: number): Uint8Array {
  const bytes = new Uint8Array(3073);
  bytes[0] = label;
  for (let channel = 0; channel < 3; channel++)
    for (let row = 0; row < 32; row++)
      for (let column = 0; column < 32; column++) bytes[1 + channel * 1024 + row * 32 + column] = 7 * i + 64 * channel + 2 * row + column;
  return bytes;
}

const file = (count: number): Buffer => Buffer.concat(Array.from({ length: count }, (_, i) => record(i % 10, i)));

test.each([
  ["plain", (bytes: Buffer) => bytes],
  ["gzipped", (bytes: Buffer) => gzipSync(bytes)],
])("a %s file gives labels and pixels of every record", async (_, pack) => {
  const path = join(mkdtempSync(join(tmpdir(), "cifar10-")), "data_batch_1.bin");
  writeFileSync(path, pack(file(12)));
  const read = await readCifar10File(path);
  expect(read).toMatchObject({ count: 12, channels: 3, rows: 32, columns: 32 });
  expect(Array.from(read.labels)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  for (const [i, channel, row, column] of [
    [0, 0, 0, 0],
    [11, 2, 31, 31],
    [5, 1, 3, 30],
  ] as const) {
    expect(read.pixels[((i * 3 + channel) * 32 + row) * 32 + column]).toBe((7 * i + 64 * channel + 2 * row + column) % 256);
  }
  expect(read.sha256).toBe(createHash("sha256").update(file(12)).digest("hex"));
});

test.each([
  ["nothing", new Uint8Array(0), "the given bytes: is empty, expected records of 3073 bytes"],
  ["a truncated file", file(3).subarray(0, -1), "the given bytes: has 9218 bytes, expected a multiple of 3073"],
  ["another format", Buffer.concat([file(1), record(128, 0)]), "the given bytes: label of record 1 must be from 0 to 9, got 128"],
])("%s is refused, with the version that is expected", async (_, bytes, message) => {
  await expect(readCifar10File(bytes)).rejects.toMatchObject({ code: "DATA", message, hint: expect.stringContaining("binary version") });
});
