import { describe, expect, test } from "vitest";
import { unlz4, unlz4OfHadoop } from "../../../src/parquet/codec/lz4.js";
import { refused, utf8 } from "../../support/refused.js";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

// Sequences of lz4/lz4, doc/lz4_Block_format.md, written by hand.
describe("LZ4", () => {
  test("literals, copies that overlap what they make, and lengths in bytes of their own", () => {
    const short = Uint8Array.of(0x31, ...utf8("abc"), 3, 0, 0x20, ...utf8("xy"));
    expect(text(unlz4("a", short, 10))).toBe("abcabcabxy");
    const long = Uint8Array.of(0x1f, ...utf8("z"), 1, 0, 255, 3, 0xf0, 255, 1, ...utf8("y".repeat(271)));
    expect(text(unlz4("a", long, 1 + 277 + 271))).toBe("z".repeat(278) + "y".repeat(271));
  });

  test.each<[string, Uint8Array, number, string]>([
    ["a copy from before the start", Uint8Array.of(0x10, 97, 2, 0, 0), 5, "byte 4 of a compressed page: a copy from 2 bytes before, of 1"],
    ["a copy from nowhere", Uint8Array.of(0x10, 97, 0, 0, 0), 5, "byte 4 of a compressed page: a copy from 0 bytes before, of 1"],
    ["literals that are cut", Uint8Array.of(0x50, 97), 5, "byte 1 of a compressed page: 5 bytes, of which 1 are there"],
    ["a copy that is cut", Uint8Array.of(0x10, 97, 1), 5, "byte 3 of a compressed page: a sequence goes on behind the end"],
    ["a length that is cut", Uint8Array.of(0xf0, 255), 999, "byte 2 of a compressed page: a sequence goes on behind the end"],
    ["a copy that goes too far", Uint8Array.of(0x1f, 97, 1, 0, 255, 0, 0), 9, "byte 6 of a compressed page: 274 bytes, where 8 are left"],
    ["too little", Uint8Array.of(0x10, 97), 2, "byte 2 of a compressed page: 1 bytes, its header promises 2"],
    ["nothing", new Uint8Array(0), 1, "byte 0 of a compressed page: 0 bytes, its header promises 1"],
  ])("%s is refused", async (_, bytes, size, message) => {
    expect((await refused(() => unlz4("a", bytes, size))).message).toBe(`a: ${message}`);
  });
});

describe("LZ4 of Hadoop", () => {
  const block = (word: string): number[] => [word.length << 4, ...utf8(word)];
  const framed = (word: string): number[] => [0, 0, 0, word.length, 0, 0, 0, word.length + 1, ...block(word)];

  test("blocks behind their lengths, or one without them", () => {
    expect(text(unlz4OfHadoop("a", Uint8Array.of(...framed("abc"), ...framed("de")), 5))).toBe("abcde");
    expect(text(unlz4OfHadoop("a", Uint8Array.of(...block("abcdefghijkl")), 12))).toBe("abcdefghijkl");
  });

  test("is refused where a block is not what its length says", async () => {
    const bytes = Uint8Array.of(...framed("abc"));
    bytes[8] = 0x20;
    expect((await refused(() => unlz4OfHadoop("a", bytes, 3))).message).toMatch(/^a: byte \d+ of a compressed page: /);
  });
});
