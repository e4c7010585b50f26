import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIdx, readIdxFile, readIdxImages, readIdxLabels } from "../src/idx.js";
import { runs } from "./support/fuzz.js";
import { refusal } from "./support/refusal.js";
import { temporaryFolder } from "./support/temporaryFolder.js";

/** Writes an IDX file, independently of the reader. */
function idx(shape: readonly number[], values: ArrayLike<number>): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE(0x800 + shape.length);
  shape.forEach((length, i) => {
    header.writeUInt32BE(length, 4 + 4 * i);
  });
  return Buffer.concat([header, Uint8Array.from(values)]);
}

/** One value of another element type. */
const element = (type: number, bytes: number): Uint8Array => Uint8Array.from([0, 0, type, 1, 0, 0, 0, 1, ...new Uint8Array(bytes)]);

const anyArray = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }).chain((shape) => {
  const size = shape.reduce((product, length) => product * length, 1);
  return fc.record({ shape: fc.constant(shape), values: fc.uint8Array({ minLength: size, maxLength: size }) });
});

const images = idx([2, 2, 3], [0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255]);
const labels = idx([3], [7, 0, 9]);

describe("parseIdx", () => {
  test("reads back what was written, also from the middle of a larger buffer", () =>
    fc.assert(
      fc.property(anyArray, fc.nat(7), ({ shape, values }, offset) => {
        const bytes = idx(shape, values);
        const larger = new Uint8Array(bytes.length + offset + 3).fill(0xaa);
        larger.set(bytes, offset);
        const read = parseIdx(larger.subarray(offset, offset + bytes.length), "x");
        expect(read.shape).toEqual(shape);
        expect([...read.values]).toEqual([...values]);
      }),
      runs(500),
    ));

  test("refuses a file cut at any byte", () =>
    fc.assert(
      fc.property(anyArray, ({ shape, values }) => {
        const bytes = idx(shape, values);
        for (let length = 0; length < bytes.length; length++) {
          expect(() => parseIdx(bytes.subarray(0, length), "cut")).toThrow(expect.objectContaining({ code: "DATA", path: "cut" }));
        }
      }),
      runs(50),
    ));

  test("refuses a file with bytes after its end", () =>
    fc.assert(
      fc.property(anyArray, fc.uint8Array({ minLength: 1, maxLength: 9 }), ({ shape, values }, extra) => {
        const bytes = Buffer.concat([idx(shape, values), extra]);
        expect(() => parseIdx(bytes, "long")).toThrow(expect.objectContaining({ code: "DATA", value: bytes.length }));
      }),
      runs(200),
    ));

  test("random bytes are read or refused as data, nothing else", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          parseIdx(bytes, "noise");
        } catch (error) {
          expect(error).toMatchObject({ code: "DATA", path: "noise", hint: expect.any(String) });
        }
      }),
      runs(2000),
    ));

  test.each([
    ["an empty file", new Uint8Array(0), "x: is empty, expected an IDX file"],
    [
      "another magic number",
      Uint8Array.from([0, 0, 0x0a, 1, 0, 0, 0, 1, 5]),
      "x: starts with 0x00000a01, expected 0x00000803 (images) or 0x00000801 (labels)",
    ],
    ["signed bytes", element(0x09, 1), "x: is an IDX file of signed bytes (0x00000901), expected unsigned bytes"],
    ["16-bit integers", element(0x0b, 2), "x: is an IDX file of 16-bit integers (0x00000b01), expected unsigned bytes"],
    ["32-bit integers", element(0x0c, 4), "x: is an IDX file of 32-bit integers (0x00000c01), expected unsigned bytes"],
    ["floats", element(0x0d, 4), "x: is an IDX file of 32-bit floating-point numbers (0x00000d01), expected unsigned bytes"],
    ["doubles", element(0x0e, 8), "x: is an IDX file of 64-bit floating-point numbers (0x00000e01), expected unsigned bytes"],
    ["four dimensions", idx([1, 1, 1, 1], [7]), "x: is an IDX file of 4 dimensions (0x00000804), expected at most 3"],
    ["a rank of 0", Uint8Array.from([0, 0, 8, 0]), "x: starts with 0x00000800, expected 0x00000803 (images) or 0x00000801 (labels)"],
    ["an HTML page", Buffer.from("<!DOCTYPE html>"), "x: starts with 0x3c21444f, expected 0x00000803 (images) or 0x00000801 (labels)"],
    ["no samples", idx([0, 28, 28], []), "x: declares 0 x 28 x 28 values, expected at least one"],
    [
      "dimensions whose product overflows",
      idx([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], []),
      "x: declares 4294967295 x 4294967295 x 4294967295 values, expected at most 2147483647",
    ],
    [
      "dimensions whose product is 0 modulo 2^32",
      idx([2 ** 16, 2 ** 16, 1], []),
      "x: declares 65536 x 65536 x 1 values, expected at most 2147483647",
    ],
    ["a missing value", images.subarray(0, -1), "x: has 27 bytes, expected 28 for 2 x 2 x 3 values"],
  ])("says what is wrong with %s", async (_, bytes, message) => {
    expect(await refusal(() => parseIdx(bytes, "x"))).toMatchObject({ code: "DATA", message });
  });
});

describe("reading files", () => {
  test.each([
    ["plain", (bytes: Uint8Array) => bytes],
    ["gzipped", (bytes: Uint8Array) => gzipSync(bytes)],
    ["gzipped in two members", (bytes: Uint8Array) => Buffer.concat([gzipSync(bytes.subarray(0, 9)), gzipSync(bytes.subarray(9))])],
  ])("%s: by path, by URL and from memory", async (_, pack) => {
    const path = join(temporaryFolder(), "file-idx");
    writeFileSync(path, pack(images));
    for (const source of [path, pathToFileURL(path), pack(images)]) {
      const { count, rows, columns, pixels } = await readIdxImages(source);
      expect({ count, rows, columns, pixels: [...pixels] }).toEqual({ count: 2, rows: 2, columns: 3, pixels: [...images.subarray(16)] });
    }
    writeFileSync(path, pack(labels));
    for (const source of [path, pathToFileURL(path), pack(labels)]) expect([...(await readIdxLabels(source))]).toEqual([7, 0, 9]);
  });

  test("tells swapped files apart", async () => {
    expect(await refusal(() => readIdxImages(labels))).toMatchObject({
      message: "the given bytes: starts with 0x00000801, expected 0x00000803 (images)",
      hint: "are the image file and the label file swapped?",
    });
    expect(await refusal(() => readIdxLabels(images))).toMatchObject({
      message: "the given bytes: starts with 0x00000803, expected 0x00000801 (labels)",
    });
  });

  test("names a missing file and what is not a file", async () => {
    const folder = temporaryFolder();
    const missing = join(folder, "missing");
    expect(await refusal(() => readIdxImages(missing))).toMatchObject({
      code: "DATA",
      path: missing,
      message: `${missing}: does not exist`,
    });
    expect(await refusal(() => readIdxLabels(folder))).toMatchObject({ code: "DATA", path: folder, cause: { code: "EISDIR" } });
  });

  test("refuses a gzip file cut at any byte", async () => {
    const packed = gzipSync(images);
    for (let length = 0; length < packed.length; length++) {
      expect(await refusal(() => readIdxImages(packed.subarray(0, length)))).toMatchObject({ code: "DATA" });
    }
  });

  test("refuses a gzip file with a flipped bit in its checksum, and one with something after it", async () => {
    const packed = gzipSync(images);
    const flipped = Uint8Array.from(packed);
    flipped[flipped.length - 6]! ^= 1;
    expect(await refusal(() => readIdxImages(flipped))).toMatchObject({ code: "DATA", cause: expect.any(Error) });
    const longer = Buffer.concat([packed, Buffer.from("xyz")]);
    expect(await refusal(() => readIdxImages(longer))).toMatchObject({
      code: "DATA",
      message: "the given bytes: is not an intact gzip file: incorrect header check",
    });
  });

  test("what unpacks to more than the header promises is refused as that, and unpacking ends at ten times as much", async () => {
    const zeros = (count: number) => gzipSync(Buffer.concat([images, Buffer.alloc(count)]));
    expect(await refusal(() => readIdxImages(zeros(252)))).toMatchObject({
      code: "DATA",
      message: "the given bytes: unpacks to 280 bytes, more than the 28 bytes that its header promises",
    });
    expect(await refusal(() => readIdxImages(zeros(253)))).toMatchObject({
      code: "DATA",
      message: "the given bytes: unpacks to more than 10 times the 28 bytes that its header promises",
    });
  });

  test("a gzip file that is no IDX file, or promises what nobody can hold, is refused by its header: the rest is not unpacked", async () => {
    // 64 MB of zeros in 64 kB, with a flipped bit at the end: unpacked to its end, the file would be refused as not intact.
    const bomb = (head: Uint8Array): Uint8Array => {
      const packed = gzipSync(Buffer.concat([head, Buffer.alloc(2 ** 26)]));
      packed[packed.length - 6]! ^= 1;
      return packed;
    };
    expect(await refusal(() => readIdxImages(bomb(Buffer.from("<!DOCTYPE html>"))))).toMatchObject({
      code: "DATA",
      message: expect.stringContaining("starts with 0x3c21444f"),
    });
    expect(await refusal(() => readIdxImages(bomb(idx([2 ** 20, 2 ** 20, 28], []))))).toMatchObject({
      code: "DATA",
      message: expect.stringContaining("expected at most 2147483647"),
    });
    expect(await refusal(() => readIdxImages(bomb(images)))).toMatchObject({
      message: expect.stringContaining("more than 10 times the 28 bytes"),
    });
  });

  test("a hash is that of the content, gzipped or not", async () => {
    const sha256 = createHash("sha256").update(images).digest("hex");
    for (const source of [images, gzipSync(images)]) expect((await readIdxFile(source, "images")).sha256).toBe(sha256);
  });
});
