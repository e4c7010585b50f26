import { describe, expect, test } from "vitest";
import { plainTexts } from "../../src/parquet/deltaTexts.js";
import { refused, utf8 } from "../support/refused.js";

/** Numbers as differences (Apache Parquet, "Encodings"): blocks of 128 in 4 parts, the first of them of 8 bits, from the smallest difference on. */
function deltas(values: readonly number[]): number[] {
  const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
  const differences = values.slice(1).map((value, k) => value - values[k]!);
  const least = Math.min(0, ...differences);
  const head = [0x80, 1, 4, values.length, zigzag(values[0] ?? 0)];
  if (differences.length === 0) return head;
  const part = [...differences.map((one) => one - least), ...new Array(32 - differences.length).fill(0)];
  return [...head, zigzag(least), 8, 0, 0, 0, ...part];
}

const page = (shared: readonly number[], own: readonly number[], text: string): Uint8Array =>
  Uint8Array.of(9, 9, ...deltas(shared), ...deltas(own), ...utf8(text));
const words = ["axis", "axle", "babble", "babyhood"];
const written = page([0, 2, 0, 3], [4, 2, 6, 5], "axislebabbleyhood"); // the example of the specification

test("texts that share their beginnings become plain", () => {
  const plain = words.flatMap((word) => [word.length, 0, 0, 0, ...utf8(word)]);
  expect([...plainTexts("a", written, 2, 4, 100)]).toEqual([9, 9, ...plain]);
  expect([...plainTexts("a", page([], [], ""), 2, 4, 100)]).toEqual([9, 9]);
});

describe("is refused", () => {
  test.each<[string, Uint8Array, number, number, string]>([
    ["more texts than the page has values", written, 3, 100, "4 texts in a page of 3 values"],
    ["a beginning that is longer than what is before", page([0, 5], [4, 1], "axise"), 4, 100, "a text begins with 5 bytes of one of 4"],
    ["a first text with a beginning", page([1, 0], [1, 1], "ab"), 4, 100, "a text begins with 1 bytes of one of 0"],
    ["a length below 0", page([0, 0], [4, -1], "axis"), 4, 100, "a text of -1 bytes in a page that has 0 left"],
    ["a length beyond the page", page([0], [4], "axi"), 4, 100, "a text of 4 bytes in a page that has 3 left"],
    ["beginnings without ends", page([0, 1], [4], "axis"), 4, 100, "2 beginnings of 1 texts in a page"],
    ["what unpacks to more than is allowed", written, 4, 39, "4 texts take 40 bytes, at most 39 are read"],
  ])("%s", async (_, bytes, count, most, message) => {
    expect((await refused(() => plainTexts("a", bytes, 2, count, most))).message).toBe(`a: ${message}`);
  });
});
