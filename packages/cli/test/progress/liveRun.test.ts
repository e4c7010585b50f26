import type { PlannedRun } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { LiveRun } from "../../src/progress/liveRun.js";

describe("the line of a run under way", () => {
  const live = (): LiveRun => {
    const run = { arm: "adam-.9-.99-1e-8", seed: 0, run: { stop: { steps: 5000 } } } as unknown as PlannedRun;
    const line = new LiveRun(run);
    line.row({ step: 100, logRisk: -1, trainAccuracy: 0.99, "margin.l1": 1e-7, "margin.l2": 0.05, "margin.linf": 300, alignment: 0.4 }, 0);
    line.row(
      {
        step: 340,
        logRisk: -5.4412,
        trainAccuracy: 1,
        "margin.l1": 9.149e-7,
        "margin.l2": 0.05,
        "margin.linf": 282.4,
        alignment: 0.4663,
      },
      10_000,
    );
    return line;
  };

  test("says the step, log risk, accuracy, margins with their trend, alignment, speed and the time left at most", () => {
    expect(live().text(10_000)).toBe(
      "adam-.9-.99-1e-8 s0  step 340  log risk -5.44  accuracy 100 %  margin l1 9.15e-7↑ l2 0.05= linf 282↓  alignment 0.466  24 steps/s  <= 4 min left",
    );
  });

  test("takes the speed from the last seconds, and from the step at which a run goes on", () => {
    const run = { arm: "sign", seed: 0, run: { stop: { steps: 10_000 } } } as unknown as PlannedRun;
    const line = new LiveRun(run, 1000);
    expect(line.text(3000)).toBe("sign s0  step 1000");
    const said = (step: number, seconds: number): string => {
      line.at(step, Number.NaN, 1000 * seconds);
      return line.text(1000 * seconds).replace("sign s0  ", "");
    };
    expect(said(1001, 3)).toBe("step 1001"); // the thread took three seconds to start and to draw the data: they say nothing of the speed
    expect(said(1030, 3.1)).toBe("step 1030"); // too little was seen
    expect(said(1101, 4)).toBe("step 1101  100 steps/s  <= 89 s left"); // 100 steps in 1 s, 8899 are left
    expect(said(2001, 13)).toBe("step 2001  100 steps/s  <= 80 s left");
    expect(said(2011, 14)).toBe("step 2011  92 steps/s  <= 88 s left"); // 1010 steps in 11 s, 7989 are left
    for (let s = 15; s < 43; s++) said(2011 + (s - 14) * 10, s);
    expect(said(2301, 43)).toBe("step 2301  10 steps/s  <= 13 min left");
  });

  test("leaves out what has no value", () => {
    const run = { arm: "sign", seed: 0, run: { stop: {} } } as unknown as PlannedRun;
    const line = new LiveRun(run);
    line.row({ step: 1, logRisk: Number.NaN, "margin.l1": Number.NaN, "margin.l2": 2, alignment: Number.NaN }, 0);
    expect(line.text(1000)).toBe("sign s0  step 1  margin l2 2=");
  });

  test("leaves out whole fields where the terminal is narrow, the least important first", () => {
    expect(live().text(10_000, 120)).toBe(
      "adam-.9-.99-1e-8 s0  step 340  log risk -5.44  margin l1 9.15e-7↑ l2 0.05= linf 282↓  24 steps/s  <= 4 min left",
    );
    expect(live().text(10_000, 80)).toBe("adam-.9-.99-1e-8 s0  step 340  log risk -5.44  24 steps/s  <= 4 min left");
    expect(live().text(10_000, 50)).toBe("adam-.9-.99-1e-8 s0  step 340  log risk -5.44");
    expect(live().text(10_000, 20)).toBe("adam-.9-.99-1e-8 s0…");
  });
});
