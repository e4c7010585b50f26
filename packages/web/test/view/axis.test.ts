import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/engine/message.js";
import { type ArmHistory, emptyHistory } from "../../src/lab/history.js";
import { axes, lateSpan } from "../../src/view/axis.js";

const history = (decades: readonly (readonly [number, number])[], perfectAccuracyStep?: number): ArmHistory => ({
  ...emptyHistory(),
  frames: decades.map(([step, risk]) => ({ row: { step, logRisk: -risk * Math.LN10 } }) as unknown as Frame),
  perfectAccuracyStep,
});

describe("the late phase", () => {
  const early = history(
    [
      [0, -1],
      [1, -0.5],
      [10, 0.05],
      [100, 3],
    ],
    10,
  );
  const late = history(
    [
      [0, -1],
      [1, -0.6],
      [10, -0.1],
      [100, 1],
    ],
    100,
  );
  const never = history([
    [0, -1],
    [1, -0.7],
    [50, -0.2],
  ]);

  test("begins where the first arm has every sample right and ends where the last one stands", () => {
    expect(lateSpan([late, early, never], "step")).toEqual([10, 100]);
    expect(lateSpan([late, never], "step")).toEqual([100, 100]);
  });
  test("is everything where no arm has", () => expect(lateSpan([never], "step")).toEqual([1, 50]));
  test("leaves no half of the axis to risks above 0.8", () => expect(lateSpan([early], "risk")?.[0]).toBe(0.1));
  test("is nothing before the first step", () => expect(lateSpan([emptyHistory()], "step")).toBeUndefined());
});

test("places are exact where they are read out, and short as ticks", () => {
  expect([axes.step.read(21_758), axes.step.tick(20_000), axes.step.tick(5000)]).toEqual(["step 21\u202f758", "2e4", "5000"]);
  expect([axes.risk.read(44_408.5), axes.risk.tick(44_408.5)]).toEqual(["risk 3.2e-44409", "1e-44408.5"]);
});
