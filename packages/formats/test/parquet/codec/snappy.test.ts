import { describe, expect, test } from "vitest";
import { unsnappy } from "../../../src/parquet/codec/snappy.js";
import { refused, utf8 } from "../../support/refused.js";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

// Elements of google/snappy's format_description.txt, written by hand.
describe("Snappy", () => {
  test("literals, and copies of each kind, which may overlap what they make", () => {
    const bytes = Uint8Array.of(
      14,
      (3 - 1) << 2,
      ...utf8("abc"),
      ((4 - 4) << 2) | 1,
      3,
      ((5 - 1) << 2) | 2,
      7,
      0,
      ((2 - 1) << 2) | 3,
      1,
      0,
      0,
      0,
    );
    expect(text(unsnappy("a", bytes, 14))).toBe("abcabcaabcabbb");
  });

  test("a literal whose length stands in bytes of its own", () => {
    const long = "x".repeat(300);
    expect(text(unsnappy("a", Uint8Array.of(0xac, 2, 61 << 2, 43, 1, ...utf8(long)), 300))).toBe(long);
  });

  test.each<[string, Uint8Array, number, string]>([
    ["a copy from before the start", Uint8Array.of(9, 0, 97, 1, 2), 9, "byte 3 of a compressed page: a copy from 2 bytes before, of 1"],
    ["a literal that is cut", Uint8Array.of(5, (5 - 1) << 2, 97), 5, "byte 1 of a compressed page: 5 bytes, of which 1 are there"],
    [
      "a length that a signed integer reads backwards",
      Uint8Array.of(5, 63 << 2, 255, 255, 255, 255),
      5,
      "byte 1 of a compressed page: 4294967296 bytes, where 5 are left",
    ],
    ["too little", Uint8Array.of(5, 0, 97), 5, "byte 3 of a compressed page: 1 bytes, its header promises 5"],
    ["too much", Uint8Array.of(1, 4, 97, 98), 1, "byte 1 of a compressed page: 2 bytes, where 1 are left"],
  ])("%s is refused", async (_, bytes, size, message) => {
    expect((await refused(() => unsnappy("a", bytes, size))).message).toBe(`a: ${message}`);
  });
});
