import { expect, test } from "vitest";
import { isBetter, probes, type Row, savedRows, saveRule } from "../../src/index.js";

const recorded = ["logRisk", "margin.linf", "norm.l2", "softMargin.max(1*spectral,0.5*linf)"];

test("the probe says which values are better, or the rule does", () => {
  expect(saveRule("final", recorded)).toEqual({ kind: "final" });
  expect(saveRule("every", recorded)).toEqual({ kind: "every" });
  expect(saveRule("best:margin.linf", recorded)).toEqual({ kind: "best", probe: "margin.linf", better: "larger" });
  expect(saveRule("best:logRisk", recorded)).toEqual({ kind: "best", probe: "logRisk", better: "smaller" });
  expect(saveRule("best:max:logRisk", recorded)).toEqual({ kind: "best", probe: "logRisk", better: "larger" });
  expect(saveRule("best:min:norm.l2", recorded)).toEqual({ kind: "best", probe: "norm.l2", better: "smaller" });
  expect(saveRule(`best:${recorded[3]}`, recorded)).toMatchObject({ better: "larger" });
});

test.each([
  ["last", 'must be final, every, best:PROBE, best:max:PROBE or best:min:PROBE, got "last"', undefined],
  ["best:", 'must be final, every, best:PROBE, best:max:PROBE or best:min:PROBE, got "best:"', undefined],
  ["best:margin.lint", "the run does not record margin.lint", 'did you mean "margin.linf"?'],
  ["best:testAccuracy", "the run does not record testAccuracy", `add it to record.probes; recorded: ${recorded.join(", ")}`],
  ["best:norm.l2", "neither the largest nor the smallest norm.l2 is the best", "write best:max:norm.l2 or best:min:norm.l2"],
])("%s is refused", (text, message, hint) => {
  expect(() => saveRule(text, recorded)).toThrow(expect.objectContaining({ message: `--save: ${message}`, hint, code: "DEFINITION" }));
});

test("of equal values the first is the best, and NaN never is", () => {
  const rows: Row[] = [Number.NaN, 1, 3, 3, -0, Number.NaN, 0].map((value, step) => ({ step, "margin.linf": value, logRisk: value }));
  const steps = (text: string): number[] => savedRows(saveRule(text, recorded), rows).map(({ step }) => step);
  expect(steps("best:margin.linf")).toEqual([2]);
  expect(steps("best:logRisk")).toEqual([4]);
  expect(steps("final")).toEqual([6]);
  expect(steps("every")).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(savedRows(saveRule("best:logRisk", recorded), rows.slice(0, 1))).toEqual([]);
  expect(isBetter({ kind: "best", probe: "logRisk", better: "smaller" }, Number.NEGATIVE_INFINITY, -5)).toBe(true);
});

test("margins and accuracies are better where they are larger, risks, errors and gaps where they are smaller", () => {
  const better = (pattern: RegExp) => new Set([...probes.values()].filter(({ name }) => pattern.test(name)).map((probe) => probe.better));
  expect(better(/^(margin|softMargin|homogenizedMargin|marginRatio)\.|^minMargin$|^(train|test)Accuracy$|^alignment/)).toEqual(
    new Set(["larger"]),
  );
  expect(better(/[rR]isk$|Error$|Gap\.|^kkt\.(stationarity|complementarity)\.|[dD]efect\.|^health\.(dead|lost|soft)/)).toEqual(
    new Set(["smaller", undefined]), // speed.logRisk is neither
  );
  expect(better(/^norm\.|^supportCount$|^direction\./)).toEqual(new Set([undefined]));
});
