import fc from "fast-check";
import { expect, test } from "vitest";
import { base64url } from "../../src/replay/base64url.js";
import { runs } from "../fuzz.js";

test("base64url is Node's", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(base64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
    }),
    runs(500),
  );
});
