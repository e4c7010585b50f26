import { describe, expect, test } from "vitest";
import { decoded } from "../../src/text/decoded.js";
import { refused, utf8 } from "../support/refused.js";

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf16 = (text: string): Uint8Array => new Uint8Array(Uint16Array.from(text, (char) => char.charCodeAt(0)).buffer);

test("UTF-8 and UTF-16 are told by their marks and zeros", () => {
  for (const bytes of [utf8("größe,1\n"), utf8("\ufeffgröße,1\n"), utf16("\ufeffgröße,1\n"), utf16("größe,1\n")]) {
    expect(decoded("a", bytes, "")).toBe("größe,1\n");
  }
  expect(decoded("a", utf8("what was \ufffd before"), "")).toBe("what was \ufffd before");
});

describe("is refused", () => {
  test.each<[string, Uint8Array, string]>([
    ["Latin-1 in the first line, of which other letters would be made", latin1("größe,x\n1,2\n"), "line 1: holds bytes that are no UTF-8"],
    ["Latin-1 further below", latin1("x\r\n1\r\nä"), "line 3: holds bytes that are no UTF-8"],
    ["a character that is cut at the end", utf8("x\nö").subarray(0, 3), "line 2: holds bytes that are no UTF-8"],
    ["UTF-16 of an odd number of bytes", utf16("\ufeffx,y\n").subarray(0, 9), "is no UTF-16LE"],
    ["UTF-32", Uint8Array.of(0xff, 0xfe, 0, 0, 65, 0, 0, 0), "is in UTF-32"],
    ["a zero", utf8("ab\0"), "is not text: byte 2 is 0"],
  ])("%s", async (_, bytes, message) => {
    const { message: told, hint } = await refused(() => decoded("a.csv", bytes, "a table"));
    expect(told).toBe(`a.csv: ${message}`);
    expect(hint).not.toBe("");
  });
});
