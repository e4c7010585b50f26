import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import type { PlannedRun } from "@steepest/experiments";
import { expect, test } from "vitest";
import { terminalProgress } from "../../src/progress/terminal.js";

/** The lines on a terminal of some size with so many runs under way, below a line that stays. */
function shown(rows: number, columns: number, count: number): string[] {
  const stream = Object.assign(new PassThrough(), { rows, columns, isTTY: true });
  const progress = terminalProgress(stream as unknown as NodeJS.WriteStream);
  progress.begin({ total: count, reused: 0 });
  const runs = Array.from({ length: count }, (_, seed) => ({ arm: "sign", seed, run: { stop: { steps: 5000 } } }) as unknown as PlannedRun);
  for (const run of runs) progress.start(run);
  stream.read();
  progress.resume(runs[0]!, 7, undefined); // a line that stays, below which all others are drawn again
  const lines = stripVTControlCharacters(String(stream.read())).split("\n");
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

test("every run under way has a line, and the last one counts them", () => {
  expect(shown(24, 80, 2)).toEqual(["sign s0  goes on at step 7", "sign s0  step 0", "sign s1  step 0", "0 of 2 runs"]);
});

test("a terminal with too few lines for all runs says how many it does not show", () => {
  expect(shown(6, 30, 40).slice(1)).toEqual([
    "sign s0  step 0",
    "sign s1  step 0",
    "sign s2  step 0",
    "and 37 more under way",
    "0 of 40 runs",
  ]);
  expect(shown(6, 30, 4).slice(1)).toHaveLength(5);
  expect(shown(3, 30, 4).slice(1)).toEqual(["and 4 more under way", "0 of 4 runs"]);
});
