import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gunzip } from "../../src/zip/gunzip.js";
import { refused } from "../support/refused.js";

const content = Uint8Array.from({ length: 200_000 }, (_, i) => Math.imul(i, 2_654_435_761) >>> 24);
const packed = new Uint8Array(gzipSync(content));
const changed = (change: (bytes: Uint8Array) => void): Uint8Array => {
  const bytes = packed.slice();
  change(bytes);
  return bytes;
};

describe("a gzip file", () => {
  test("is unpacked, with and without a name in its header", () => {
    expect(gunzip("a.gz", packed, 2 ** 20)).toEqual(content);
    const named = new Uint8Array(
      Buffer.concat([packed.subarray(0, 3), Uint8Array.of(8), packed.subarray(4, 10), Buffer.from("a name\0"), packed.subarray(10)]),
    );
    expect(gunzip("a.gz", named, 2 ** 20)).toEqual(content);
  });

  test("of zeros, a thousand times smaller, is unpacked up to the cap and no further", async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(2 ** 24)));
    expect(gunzip("a.gz", bomb, 2 ** 24)).toHaveLength(2 ** 24);
    expect((await refused(() => gunzip("a.gz", bomb, 2 ** 24 - 1))).message).toBe(
      "a.gz: unpacks to 16777216 bytes, at most 16777215 are read",
    );
    new DataView(bomb.buffer).setUint32(bomb.length - 4, 100, true); // a bomb that says that it is small
    expect((await refused(() => gunzip("a.gz", bomb, 2 ** 20))).message).toBe("a.gz: unpacks to more than the 100 bytes that it promises");
  });

  test("of several members is unpacked, as far as all of them together may go", async () => {
    const parts = [content, new Uint8Array(0), content.subarray(0, 7)];
    const file = new Uint8Array(Buffer.concat(parts.map((part) => gzipSync(part))));
    const whole = new Uint8Array(Buffer.concat(parts));
    expect(gunzip("a.gz", file, whole.length)).toEqual(whole);
    expect((await refused(() => gunzip("a.gz", file, whole.length - 1))).message).toBe(
      "a.gz: its members take 200007 bytes, at most 200006 are read",
    );
    const magic = Uint8Array.of(...content.subarray(0, 99), 0x1f, 0x8b, 8, 0); // stored, and so in the file as it is
    expect(gunzip("a.gz", new Uint8Array(gzipSync(magic, { level: 0 })), 103)).toEqual(magic);
  });

  test.each<[string, Uint8Array, string]>([
    ["a cut file", packed.subarray(0, 5000), "a.gz: "],
    ["nothing but its magic", packed.subarray(0, 2), "byte 2: the compression method missing of gzip"],
    [
      "another method",
      changed((bytes) => {
        bytes[2] = 7;
      }),
      "byte 2: the compression method 7 of gzip",
    ],
    [
      "flags without a meaning",
      changed((bytes) => {
        bytes[3] = 64;
      }),
      "byte 3: the flags 64 of gzip, of which some mean nothing",
    ],
    [
      "another check sum",
      changed((bytes) => {
        bytes[bytes.length - 8]! ^= 1;
      }),
      "the unpacked bytes have the CRC-32",
    ],
    [
      "a length beyond what deflate can",
      changed((bytes) => {
        bytes[bytes.length - 1] = 3;
      }),
      "promises ",
    ],
    ["something behind it", new Uint8Array(Buffer.concat([packed, Buffer.alloc(512)])), "a.gz: "],
    ["a second member that is cut", new Uint8Array(Buffer.concat([packed, packed.subarray(0, 5000)])), "a.gz: "],
    [
      "a second member with another check sum",
      new Uint8Array(
        Buffer.concat([
          packed,
          changed((bytes) => {
            bytes[bytes.length - 8]! ^= 1;
          }),
        ]),
      ),
      "the unpacked bytes have the CRC-32",
    ],
  ])("%s is refused", async (_, bytes, message) => {
    const found = (await refused(() => gunzip("a.gz", bytes, 2 ** 28))).message;
    expect(found.startsWith("a.gz: ") && found.includes(message)).toBe(true);
  });
});
