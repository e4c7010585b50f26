import { afterEach, describe, expect, test, vi } from "vitest";
import { lineWidth, wrapped } from "../src/lineWidth.js";

describe("a line", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("is as wide as the terminal; elsewhere as COLUMNS says, or without end", () => {
    vi.stubEnv("COLUMNS", undefined);
    expect(lineWidth({ isTTY: true, columns: 93 })).toBe(93);
    expect(lineWidth({ isTTY: false, columns: 93 })).toBe(Infinity);
    for (const [said, width] of [
      ["72", 72],
      ["0", Infinity],
      ["wide", Infinity],
      ["", Infinity],
      ["-5", Infinity],
    ] as const) {
      vi.stubEnv("COLUMNS", said);
      expect(lineWidth({ isTTY: false, columns: 93 }), said).toBe(width);
      expect(lineWidth({ isTTY: true, columns: 93 })).toBe(93);
    }
  });

  test("of prose is cut between words and goes on indented; a longer word stays whole", () => {
    expect(wrapped("one two three four", 18)).toBe("one two three four");
    expect(wrapped("one two three four", 12)).toBe("one two\n  three four");
    expect(wrapped("one twothreefour five", 8)).toBe("one\n  twothreefour\n  five");
  });
});
