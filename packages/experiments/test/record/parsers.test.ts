import { createHash } from "node:crypto";
import { DataError, decodeJson } from "@steepest/core";
import { parseRunName } from "@steepest/core/internal";
import { describe, expect, test } from "vitest";
import { parseEnd, parseRun, runsOf } from "../../src/index.js";
import { tiny } from "../support/tiny.js";

const resultHash = "0123456789abcdef".repeat(4);
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const ended = (outcome: object, others: object = {}) => ({ outcome: { outcome, ...others }, resultHash, rowCount: 3 });

function problem(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  return "none";
}

describe("outcome.json of a run", () => {
  test.each([
    { kind: "finished", step: 7, reason: "steps" },
    { kind: "finished", step: 7, reason: "logRiskBelow" },
    { kind: "diverged", step: 7, what: "stepLength" },
    { kind: "stationary-not-separated", step: 0 },
    { kind: "stalled", step: 7 },
  ])("says how it ended: %j", (outcome) => {
    expect(parseEnd("x", ended(outcome), sha256)).toEqual({ end: { outcome, warnings: [] }, resultHash, rowCount: 3 });
    const steps = { perfectAccuracyStep: 0, separationStep: outcome.step };
    expect(parseEnd("x", ended(outcome, steps), sha256).end).toEqual({ outcome, ...steps, warnings: [] });
  });

  test.each([
    [
      { kind: "exploded", step: 3 },
      'x: has outcome.outcome.kind "exploded", expected one of finished, diverged, stationary-not-separated, stalled',
    ],
    [{ kind: "toString", step: 3 }, expect.stringContaining('x: has outcome.outcome.kind "toString", expected one of')],
    [{ kind: "stalled", step: -3 }, "x: has outcome.outcome.step -3, expected an integer from 0 on"],
    [{ kind: "finished", step: 3 }, "x: has outcome.outcome.reason nothing, expected one of steps, logRiskBelow, zeroRisk"],
    [{ kind: "diverged", step: 3, what: "mind" }, expect.stringContaining('x: has outcome.outcome.what "mind", expected one of scores, ')],
  ])("of a run that nobody can have made is refused: %j", (outcome, message) => {
    expect(problem(() => parseEnd("x", ended(outcome), sha256))).toEqual(message);
  });
});

describe("warnings in the outcome.json of a run", () => {
  const warning = { kind: "warning", what: "chatter", step: 3, value: 2.5, advice: "use a smaller c" };
  const outcome = { kind: "stalled", step: 7 };
  const { advice: _, ...earlier } = warning;

  test.each([
    [[]],
    [[warning]],
    [[earlier]],
    [
      [
        { ...warning, value: Number.NaN },
        { ...warning, what: "overdecay" },
        { ...warning, what: "stagnation" },
      ],
    ],
  ])("are read: %j", (warnings) => {
    expect(parseEnd("x", ended(outcome, { warnings }), sha256).end.warnings).toEqual(warnings);
  });

  test.each([
    [7, "x: has outcome.warnings 7, expected a list"],
    [[null], "x: has outcome.warnings[0].kind nothing, expected one of warning"],
    [
      [warning, { ...warning, what: "toString" }],
      'x: has outcome.warnings[1].what "toString", expected one of chatter, softMarginFall, deadSamples, lostUpdates, underflow, overdecay, stagnation',
    ],
    [[{ ...warning, step: -1 }], "x: has outcome.warnings[0].step -1, expected an integer from 0 to 7, where the run ended"],
    [[{ ...warning, step: 8 }], "x: has outcome.warnings[0].step 8, expected an integer from 0 to 7, where the run ended"],
    [[{ ...warning, value: "much" }], 'x: has outcome.warnings[0].value "much", expected a number'],
    [[{ ...warning, advice: 7 }], "x: has outcome.warnings[0].advice 7, expected nothing, or a text"],
  ])("that nobody can have given are refused: %j", (warnings, message) => {
    expect(problem(() => parseEnd("x", ended(outcome, { warnings }), sha256))).toBe(message);
  });
});

test("the definition of a run is what an experiment plans, and nothing else", () => {
  for (const { run } of runsOf(tiny)) expect(parseRun("x", decodeJson(JSON.stringify(run)))).toEqual(run);
  const { run } = runsOf(tiny)[0]!;
  for (const other of [null, 7, [], {}, { ...run, arm: null }, { ...run, seed: "0" }, { ...run, extra: 1 }])
    expect(problem(() => parseRun("x", other))).toMatch(/^x: is not the definition of a run: ./);
});

test("the name of a run folder says arm, seed and hash", () => {
  expect(parseRunName("a-s1-b-s10-0123456789ab")).toEqual({ arm: "a-s1-b", seed: 10, hash: "0123456789ab" });
  for (const other of ["sign", "-s0-0123456789ab", "sign-s0-0123456789AB", "sign-s-0123456789ab", "sign-s0-0123456789abc"])
    expect(parseRunName(other)).toBeUndefined();
});
