import type { RunOutcome } from "@steepest/core";
import {
  catalog,
  conventionFindings,
  type ExperimentDefinition,
  expectationFindings,
  publishedFindings,
  verdicts,
} from "@steepest/experiments";
import { afterEach, describe, expect, test, vi } from "vitest";
import { resultText } from "../../src/commands/experiment.js";
import type { StudyRun } from "../../src/study/studyRun.js";
import { steepest } from "../support/steepest.js";

/** An end of every kind, at steps of as many digits as runs have. */
const ends: readonly RunOutcome[] = [
  { kind: "diverged", step: 1_000_000, what: "underflow" },
  { kind: "stationary-not-separated", step: 1_000_000 },
  { kind: "stalled", step: 1_000_000 },
  { kind: "finished", step: 1_000_000, reason: "logRiskBelow" },
  { kind: "finished", step: 1_000_000, reason: "steps" },
];

/** Runs of every arm with numbers of many characters, and each with a warning. */
function runsOf({ arms, seeds, record }: ExperimentDefinition): StudyRun[] {
  return seeds.flatMap((seed) =>
    Object.keys(arms).map((arm, i): StudyRun => {
      const row = Object.fromEntries(record.probes.map((probe) => [probe, -1.234e-100]));
      const rows = [1, 20, 1000].map((step) => ({ step, ...row }));
      const advice = "use a smaller size or marginPaced";
      const warning = { kind: "warning", what: "chatter", step: 1_000_000, value: 1.234e-100, advice } as const;
      return { arm, seed, outcome: ends[i % ends.length]!, rows, warnings: [warning], path: `runs/${arm}`, reused: false } as never;
    }),
  );
}

function report(definition: ExperimentDefinition): string {
  const runs = runsOf(definition);
  const result = {
    definition,
    runs,
    failures: [],
    verdicts: verdicts(definition, runs, []),
    expectations: expectationFindings(definition, runs),
    published: publishedFindings(definition, runs),
    conventions: conventionFindings(definition),
    remarks: [],
    save: [],
  };
  return resultText(result, { runs, remarks: [] });
}

const words = (text: string): Set<string> => new Set(text.split(/\s+/));

describe("a report on a narrow terminal", () => {
  afterEach(() => vi.unstubAllEnvs());

  describe.each([60, 80, 120])("of %d columns", (width) => {
    test.each([...catalog.keys()])("%s: no line is longer, and no word is lost", (id) => {
      const { definition } = catalog.get(id)!;
      vi.stubEnv("COLUMNS", undefined);
      const whole = report(definition);
      vi.stubEnv("COLUMNS", String(width));
      const folded = report(definition);
      expect(folded.split("\n").filter((line) => [...line].length > width)).toEqual([]);
      const kept = new Set([...words(folded)].flatMap((word) => [word, word.replace(/:$/, "")]));
      for (const word of words(whole)) expect(kept).toContain(word);
      expect(folded).toMatch(/^arm +seed +ended/m);
    });
  });

  test("in a pipe no line is cut", async () => {
    const { stderr } = await steepest(["show", "mnist-3v6"]);
    expect(stderr).toBe(
      "adam-0-0-1e-8, adam-0-0-1e-2, adam-.9-.99-1e-8, adam-.9-.99-1e-2: ε outside the root: √v + ε, as in torch.optim\n",
    );
    const narrow = await steepest(["show", "mnist-3v6"], { env: { COLUMNS: "60" } });
    expect(narrow.stderr.split("\n").every((line) => line.length <= 60)).toBe(true);
  });
});
