import * as zlib from "node:zlib";
import { expect, test } from "vitest";
import { startedZstd } from "../../../src/parquet/codec/zstd.js";
import { refused } from "../../support/refused.js";

const unzstd = await startedZstd();
/** A frame of the specification (RFC 8878) with one block of 2^17 equal bytes, of which nothing but its four bytes says the length. */
const repeated = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0x03, 0x00, 0x10, 7);

test("a block of equal bytes unpacks to what the page promises, and to nothing else", async () => {
  expect(unzstd("a", repeated, 2 ** 17)).toEqual(new Uint8Array(2 ** 17).fill(7));
  for (const size of [1, 2 ** 17 - 1, 2 ** 17 + 1]) {
    expect((await refused(() => unzstd("a", repeated, size))).message).toMatch(
      `a: a page of 10 bytes is not Zstandard that unpacks to the ${size} bytes`,
    );
  }
  expect(unzstd("a", repeated, 0)).toHaveLength(0);
});

test.each([[new Uint8Array(0)], [Uint8Array.of(1, 2, 3)], [repeated.subarray(0, 9)]])("%s is refused", async (bytes) => {
  expect((await refused(() => unzstd("a", bytes, 8))).message).toMatch(/is not Zstandard/);
  expect(unzstd("a", repeated, 2 ** 17)[5]).toBe(7); // and the decoder goes on
});

const { zstdCompressSync } = zlib as { zstdCompressSync?: (bytes: Uint8Array) => Uint8Array };
test.skipIf(!zstdCompressSync)(zstdCompressSync ? "what Node packs is unpacked" : "SKIPPED: this Node has no Zstandard", () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> (i % 11));
  expect(unzstd("a", zstdCompressSync!(bytes), bytes.length)).toEqual(bytes);
});
