import { crc32 as crc32OfNode } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "../../src/zip/crc32.js";
import { runs } from "../support/fuzz.js";
import { utf8 } from "../support/refused.js";

test("CRC-32 is that of zlib, and of the check value of the catalogue", () => {
  expect(crc32(utf8("123456789"))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(crc32(bytes)).toBe(crc32OfNode(bytes));
    }),
    runs(200),
  );
});
