import { describe, expect, test } from "vitest";
import { lineReader } from "../../src/check/lines.js";

describe("lines", () => {
  const read = (chunks: readonly Buffer[]): string[] => {
    const lines: string[] = [];
    const reader = lineReader((line) => lines.push(line));
    for (const chunk of chunks) reader(chunk);
    return lines;
  };
  const text = 'one\n{"é": "\u2028 \r 😀"}\n\nlast\nrest';

  test("are the same however the bytes are cut, characters included", () => {
    const expected = ["one", '{"é": "\u2028 \r 😀"}', "", "last"];
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size++) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
      expect(read(chunks)).toEqual(expected);
    }
  });

  test("of a hundred thousand chunks come in one piece", () => {
    const chunk = Buffer.from("0123456789");
    const [line] = read([...Array<Buffer>(100_000).fill(chunk), Buffer.from("\n")]);
    expect(line).toBe("0123456789".repeat(100_000));
  });
});
