import { describe, expect, test } from "vitest";
import { table } from "../src/table.js";

describe("a table", () => {
  const head = ["claim", "measured"];
  const rows = [
    ["gradient: margin.l2 at the end", "0.1481 .. 0.1513, next best 0.09393 .. 0.1001"],
    ["sign", "1"],
  ];

  test("keeps every cell in one line where nothing limits it", () => {
    expect(table(head, rows, { available: Number.POSITIVE_INFINITY })).toBe(
      `claim                           measured
gradient: margin.l2 at the end  0.1481 .. 0.1513, next best 0.09393 .. 0.1001
sign                            1`,
    );
  });

  test("folds its widest column so that no line is longer than the terminal", () => {
    const text = table(head, rows, { available: 60 });
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text.split("\n").slice(1, 3)).toEqual([
      "gradient: margin.l2 at the     0.1481 .. 0.1513, next best",
      "end                            0.09393 .. 0.1001",
    ]);
  });

  test("never breaks a word, however narrow the terminal", () => {
    const words = table(head, rows, { available: 10 }).split(/\s+/);
    for (const word of rows.flat().flatMap((cell) => cell.split(" "))) expect(words).toContain(word);
  });

  test("whose first columns name the row becomes several tables, each with the names", () => {
    const numbers = [
      ["sign", "0", "log risk at step 81", "-16.38", "1.068e-6", "288.3"],
      ["adam", "0", "step 1000", "-9.194", "1.074e-6", "256.5"],
    ];
    const named = ["arm", "seed", "ended", "logRisk (sum)", "margin.l1", "margin.linf"];
    expect(table(named, numbers, { available: 60, names: 2 })).toBe(
      `arm   seed  ended                logRisk (sum)  margin.l1
sign  0     log risk at step 81  -16.38         1.068e-6
adam  0     step 1000            -9.194         1.074e-6

arm   seed  margin.linf
sign  0     288.3
adam  0     256.5`,
    );
    expect(table(named, numbers, { available: 70, names: 2 }).split("\n")).toHaveLength(3);
    expect(table(named, numbers, { available: 69, names: 2 }).split("\n\n")).toHaveLength(2);
  });

  test("that would be folded to a thread stands row by row", () => {
    const source = "Tsilivis et al., JMLR 27 (2026), section 4, while epsilon is negligible; l2 once epsilon dominates the second moments";
    const text = table(
      ["arm", "expects", "largest", "source"],
      [
        ["adam-.9-.99-1e-8", "margin.linf", "not judged: too early", source],
        ["sign", "margin.linf", "yes", "theorem 1"],
      ],
      { available: 60 },
    );
    expect(text).toBe(`arm: adam-.9-.99-1e-8
expects: margin.linf
largest: not judged: too early
source: Tsilivis et al., JMLR 27 (2026), section 4, while
  epsilon is negligible; l2 once epsilon dominates the
  second moments

arm: sign
expects: margin.linf
largest: yes
source: theorem 1`);
  });

  test("has its header alone where there are no rows", () => expect(table(head, [], { available: 80 })).toBe("claim  measured"));
});
