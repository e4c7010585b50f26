import { describe, expect, test } from "vitest";
import { DefinitionError } from "../../src/index.js";
import { parseRunName, requirePlainName, runName } from "../../src/internal.js";

describe("runName", () => {
  test("is arm, seed and twelve digits of the hash", () => {
    expect(runName({ arm: "sign", seed: 12, hash: "0123456789abcdef0123" })).toBe("sign-s12-0123456789ab");
  });

  test.each(["sign", "a-s3", "l1.smoothed+x_2", "a-s0-0123456789ab"])("of %s reads back", (arm) => {
    expect(parseRunName(runName({ arm, seed: 12, hash: "0123456789abcdef0123" }))).toEqual({ arm, seed: 12, hash: "0123456789ab" });
  });

  test.each(["", ".", "..", "a/b", "a\\b", "../a", "a..b", ".hidden", "a.", "-flag", "a b", "a\0", "a\n", "ä", "C:", "x".repeat(201)])(
    "%j is not a file name",
    (name) => {
      expect(() => requirePlainName("study", name)).toThrow(expect.objectContaining({ code: "DEFINITION", path: "study", value: name }));
      expect(() => runName({ arm: name, seed: 0, hash: "0" })).toThrow(DefinitionError);
    },
  );

  test.each(["a", "mnist-3v6", "l1.smoothed+x_2", "x".repeat(200)])("%j is one", (name) => {
    expect(requirePlainName("study", name)).toBe(name);
  });
});
