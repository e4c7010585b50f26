import { expect, test } from "vitest";
import { hashOf, runningHash, textHash } from "../src/hashOf.js";

test("a value hashes as the SHA-256 of its canonical JSON, whatever the order of its keys", () => {
  expect(hashOf({})).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"); // printf '{}' | sha256sum
  expect(hashOf({ b: -0, a: [Number.NaN, { d: 1, c: "x" }] })).toBe(hashOf({ a: [Number.NaN, { c: "x", d: 1 }], b: -0 }));
  expect(hashOf({ b: 0, a: 1 })).not.toBe(hashOf({ b: -0, a: 1 }));
});

test("a text hashes as its UTF-8, and bytes do in one piece or in many", () => {
  expect(textHash("é\n")).toBe("edd3a863872a04239eb29ad4bc12fc892b3d4ae57cc7e786a3697816f8e141c2"); // printf 'é\n' | sha256sum
  const hash = runningHash();
  for (const piece of [[0xc3], [], [0xa9, 0x0a]]) hash.update(Uint8Array.from(piece));
  expect(hash.hex()).toBe(textHash("é\n"));
});
