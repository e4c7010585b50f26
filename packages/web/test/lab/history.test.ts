import type { Row } from "@steepest/experiments";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArmNews, Frame } from "../../src/engine/message.js";
import {
  type ArmHistory,
  emptyHistory,
  frameAt,
  grownRisk,
  hasLostSeparation,
  recordedSteps,
  rowsOf,
  take,
} from "../../src/lab/history.js";
import { runs } from "../fuzz.js";

const frame = (step: number): Frame => ({
  row: { step } as Row,
  ceiling: step,
  picture: { sampleMargins: new Float32Array(0), scores: undefined, firstLayer: undefined },
});

function news(steps: readonly number[], rest: Partial<ArmNews> = {}): ArmNews {
  const step = steps.at(-1) ?? 0;
  const none = { picture: undefined, now: undefined, outcome: undefined, perfectAccuracyStep: undefined, separationStep: undefined };
  return { arm: 0, step, logRisk: -step, frames: steps.map(frame), lens: [], warnings: [], ...none, ...rest };
}

function history(...all: readonly ArmNews[]): ArmHistory {
  const made = emptyHistory();
  for (const one of all) take(made, one);
  return made;
}

const increasing = fc.uniqueArray(fc.nat({ max: 1000 }), { maxLength: 40 }).map((steps) => steps.sort((a, b) => a - b));

describe("a history", () => {
  test("is the same however the news were cut", () => {
    fc.assert(
      fc.property(increasing, fc.nat(), (steps, cut) => {
        const at = steps.length === 0 ? 0 : cut % steps.length;
        const whole = history(news(steps));
        const cutUp = history(news(steps.slice(0, at)), news(steps.slice(at)));
        expect(cutUp.frames).toEqual(whole.frames);
      }),
      runs(100),
    );
  });

  test("knows the frame that an arm stood at", () => {
    fc.assert(
      fc.property(increasing, fc.nat({ max: 1100 }), (steps, step) => {
        const expected = Math.max(...steps.filter((one) => one <= step));
        expect(frameAt(history(news(steps)), step)?.row.step ?? -Infinity).toBe(expected);
      }),
      runs(300),
    );
  });

  test("lists every recorded step of any arm once, in order", () => {
    fc.assert(
      fc.property(increasing, increasing, (a, b) => {
        const steps = recordedSteps([history(news(a)), history(news(b))]);
        expect(steps).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
      }),
      runs(100),
    );
  });

  test("has the last news' state and all of their points", () => {
    const picture = frame(0).picture;
    const warning = { kind: "warning", what: "chatter", step: 3, value: 4, advice: "use a smaller c" } as const;
    const lens = { step: 0, cosines: { l2: 1 } };
    const outcome = { kind: "finished", step: 9, reason: "steps" } as const;
    const got = history(
      news([0, 3], { picture, now: frame(3), lens: [lens], warnings: [warning] }),
      news([9], { outcome, perfectAccuracyStep: 2, separationStep: 5 }),
    );
    expect(got).toMatchObject({
      step: 9,
      logRisk: -9,
      lens: [lens],
      warnings: [warning],
      outcome,
      perfectAccuracyStep: 2,
      separationStep: 5,
    });
    expect([got.now, got.picture]).toEqual([undefined, undefined]);
    expect(rowsOf([got])[0]!.map(({ step }) => step)).toEqual([0, 3, 9]);
  });

  test("takes news of any length", () => {
    const steps = Array.from({ length: 300_000 }, (_, step) => step);
    expect(history(news(steps)).frames).toHaveLength(300_000);
  });

  test("says that a risk has grown only where nothing was separated and the end is worse than the beginning", () => {
    const logRisks = (...values: number[]): ArmNews =>
      news([...values.keys()], { frames: values.map((logRisk, step) => ({ ...frame(step), row: { ...frame(step).row, logRisk } })) });
    expect(grownRisk(history(logRisks(4, 2, 9)))).toEqual([4, 9]);
    expect(grownRisk(history(logRisks(4, 9, 2)))).toBeUndefined();
    expect(grownRisk(history(logRisks(4, 2, 9), news([], { separationStep: 1 })))).toBeUndefined();
    expect(grownRisk(emptyHistory())).toBeUndefined();
  });

  test("knows that a separation was lost where the soft margin is no longer positive at the end", () => {
    const soft = (...values: number[]): ArmNews =>
      news([...values.keys()], {
        frames: values.map((value, step) => ({ ...frame(step), row: { ...frame(step).row, "softMargin.own": value } })),
        separationStep: 1,
      });
    expect(hasLostSeparation(history(soft(-1, 0.1, -0.2)))).toBe(true);
    expect(hasLostSeparation(history(soft(-1, 0.1, Number.NaN)))).toBe(true);
    expect(hasLostSeparation(history(soft(-1, 0.1, -0.2, 0.3)))).toBe(false);
    expect(hasLostSeparation(history(soft(-1, 0)))).toBe(false); // at the step itself it may be 0
    expect(hasLostSeparation(history(news([0, 1])))).toBe(false);
    expect(hasLostSeparation(emptyHistory())).toBe(false);
  });
});
