import { describe, expect, test } from "vitest";
import { members } from "../../src/zip/archive.js";
import { refused } from "../support/refused.js";
import { type ZipFaults, zipOf } from "../support/zipOf.js";

const content = Uint8Array.from({ length: 3000 }, (_, i) => i % 7);
const read = (bytes: Uint8Array, most = 2 ** 20): Uint8Array => members("a.zip", bytes)[0]!.read(most);

describe("a zip archive", () => {
  test.each([{}, { wide: true }, { method: 0 }] as const)("is read: %j", (how) => {
    expect(read(zipOf({ x: content }, how))).toEqual(content);
    expect(members("a.zip", zipOf({ x: content, "y/z": Uint8Array.of(1) }, how)).map(({ name, size }) => [name, size])).toEqual([
      ["x", 3000],
      ["y/z", 1],
    ]);
  });

  test("with bytes before and behind it, as comments of archives are, is read from its end", () => {
    const bytes = zipOf({ x: content });
    const commented = new Uint8Array(bytes.length + 9);
    commented.set(bytes);
    expect(read(commented)).toEqual(content);
  });

  test.each<[ZipFaults, string]>([
    [{ size: 2999 }, "unpacks to more than the 2999 bytes that it promises"],
    [{ size: 3001 }, "unpacks to 3000 bytes, it promises 3001"],
    [{ size: 999_999_999 }, "unpacks to 999999999 bytes, at most 1048576 are read"],
    [{ size: 1_000_000 }, "promises 1000000 bytes, more than "],
    [{ crc: 5 }, "the unpacked bytes have the CRC-32 "],
    [{ crc: 5, method: 0 }, "has another CRC-32 than the directory promises"],
    [{ size: 2999, method: 0 }, "has 3000 bytes, the directory promises 2999"],
    [{ flags: 1 }, "is encrypted"],
    [{ method: 12 }, "is compressed by method 12"],
  ])("with %j is refused", async (faults, message) => {
    expect((await refused(() => read(zipOf({ x: content }, faults)))).message.startsWith(`a.zip/x: ${message}`)).toBe(true);
  });

  test("whose members share bytes unpacks one of them at a time, each within the cap", async () => {
    const bomb = new Uint8Array(2 ** 20);
    const all = members("a.zip", zipOf(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`x${i}`, bomb])), { overlapping: true }));
    expect(all).toHaveLength(50);
    expect((await refused(() => all[49]!.read(2 ** 20 - 1))).message).toBe("a.zip/x49: unpacks to 1048576 bytes, at most 1048575 are read");
  });

  test("cut at any byte is refused", async () => {
    const bytes = zipOf({ x: content });
    for (let length = 0; length < bytes.length; length++) {
      expect((await refused(() => read(bytes.subarray(0, length)))).message).toContain("a.zip");
    }
  });
});
