import { describe, expect, test } from "vitest";
import { requireSegment, runName } from "../src/runName.js";
import { refusal } from "./refusal.js";

describe("runName", () => {
  test("is arm, seed and twelve digits of the hash", () => {
    expect(runName({ arm: "sign", seed: 12, hash: "0123456789abcdef0123" })).toBe("sign-s12-0123456789ab");
  });

  test.each(["", ".", "..", "a/b", "a\\b", "../a", "a..b", ".hidden", "a.", "-flag", "a b", "a\0", "a\n", "ä", "C:", "x".repeat(201)])(
    "%j is not a file name",
    async (name) => {
      expect(await refusal(() => requireSegment("study", name))).toMatchObject({ code: "DEFINITION", path: "study", value: name });
      expect(await refusal(() => runName({ arm: name, seed: 0, hash: "0" }))).toMatchObject({ code: "DEFINITION", path: "arm" });
    },
  );

  test.each(["a", "mnist-3v6", "l1.smoothed+x_2", "x".repeat(200)])("%j is one", (name) => {
    expect(requireSegment("study", name)).toBe(name);
  });
});
