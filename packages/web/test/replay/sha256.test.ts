import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64url, hex, sha256 } from "../../src/replay/sha256.js";
import { runs } from "../fuzz.js";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const byNode = (message: Uint8Array): string => createHash("sha256").update(message).digest("hex");

describe("SHA-256", () => {
  // FIPS 180-4, examples of the NIST Cryptographic Standards and Guidelines
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"],
    [
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("of NIST's example %#", (message, digest) => {
    expect(hex(sha256(text(message)))).toBe(digest);
  });

  test("of every length up to 200 is Node's", () => {
    for (let length = 0; length <= 200; length++) {
      const message = Uint8Array.from({ length }, (_, i) => (i * 151 + length * 29) & 255);
      expect(hex(sha256(message)), `${length} bytes`).toBe(byNode(message));
    }
  });

  test("of anything is Node's, and the message stays as it was", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1000 }), (message) => {
        const before = message.slice();
        expect(hex(sha256(message))).toBe(byNode(message));
        expect(message).toEqual(before);
      }),
      runs(300),
    );
  });
});

describe("bytes as text", () => {
  test("base64url and hex are Node's", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(base64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
        expect(hex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
      }),
      runs(500),
    );
  });
});
