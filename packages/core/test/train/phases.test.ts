import { describe, expect, test } from "vitest";
import {
  adam,
  backtracking,
  type Condition,
  constant,
  lossBased,
  losses,
  marginPaced,
  norms,
  type Optimizer,
  type Phase,
  powerLaw,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { student, teacherStudentData } from "../support/teacherStudent.js";

type Host = (typeof hosts)[number];

const gradient = steepestDescent({ norm: norms.l2, normalized: true });
const sign = steepestDescent({ norm: norms.linf, normalized: true });
const withMemory = adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 });

const base: TrainOptions = {
  network: student,
  data: teacherStudentData(0),
  loss: losses.logistic,
  optimizer: gradient,
  step: constant({ size: 0.05 }),
  init: { law: "normalFanIn", scale: 0.3 },
  seed: 3,
};

function after(steps: number, options: TrainOptions, host: Host): Training {
  const training = new Training(options, host);
  for (let t = 0; t < steps; t++) training.advance();
  return training;
}

/** The step at which a run of the base meets the condition for the first time. */
function firstMeeting(when: Condition, host: Host): number {
  const training = new Training(base, host);
  for (;;) {
    const met =
      when === "perfectAccuracy"
        ? training.minMargin > 0
        : when === "separation"
          ? training.logRisk < Math.log(Math.LN2)
          : "step" in when
            ? training.step === when.step
            : training.logRisk < when.logRiskBelow;
    if (met) return training.step;
    training.advance();
  }
}

/** The optimiser, and the numbers of its calls of bind and aim. */
function counted(optimizer: Optimizer): { readonly optimizer: Optimizer; readonly aims: () => number; readonly binds: () => number } {
  let [aims, binds] = [0, 0];
  return {
    aims: () => aims,
    binds: () => binds,
    optimizer: {
      ...optimizer,
      bind: (context) => {
        binds++;
        const bound = optimizer.bind(context);
        return {
          ...bound,
          aim: (logRisk) => {
            aims++;
            bound.aim(logRisk);
          },
        };
      },
    },
  };
}

describe.each(hosts)("phases on the $host", (host) => {
  const conditions: readonly Condition[] = ["perfectAccuracy", "separation", { logRiskBelow: -3 }, { step: 17 }];

  test.each(conditions)("the optimiser and its rule change at %j, before the step that follows", (when) => {
    const at = firstMeeting(when, host);
    expect(at).toBeGreaterThan(5);
    const phases: Phase[] = [{ when, optimizer: sign, step: constant({ size: 0.002 }) }];
    const switched = after(at + 12, { ...base, phases }, host);
    const first = after(at, base, host);
    const second = after(12, { ...base, init: first.parameters(), optimizer: sign, step: constant({ size: 0.002 }) }, host);
    expect(switched.parameters()).toEqual(second.parameters());
    expect(switched.step).toBe(at + 12);
  });

  test("a condition that is met at the start takes over before the first step", () => {
    const phases: Phase[] = [{ when: { step: 0 }, optimizer: sign, step: constant({ size: 0.002 }) }];
    const training = new Training({ ...base, phases }, host);
    training.advance();
    expect(training.parameters()).toEqual(after(1, { ...base, optimizer: sign, step: constant({ size: 0.002 }) }, host).parameters());
  });

  test("phases come in their order: a later one waits for those before it", () => {
    const phases: Phase[] = [
      { when: { step: 20 }, optimizer: sign, step: constant({ size: 0.002 }) },
      { when: { step: 5 }, step: constant({ size: 0.001 }) },
    ];
    const first = after(20, base, host);
    const second = after(9, { ...base, init: first.parameters(), optimizer: sign, step: constant({ size: 0.001 }) }, host);
    expect(after(29, { ...base, phases }, host).parameters()).toEqual(second.parameters());
  });

  test("several conditions met at once hand over to the last of them; what it leaves out comes from those it passes", () => {
    const passed = counted(withMemory);
    const last = counted(sign);
    const phases: Phase[] = [
      { when: { step: 10 }, optimizer: passed.optimizer, step: constant({ size: 0.001 }) },
      { when: { step: 10 }, optimizer: last.optimizer },
      { when: { step: 3 }, step: constant({ size: 0.002 }) },
    ];
    const training = after(20, { ...base, phases }, host);
    expect(passed.aims()).toBe(0);
    expect(last.aims()).toBe(10);
    const first = after(10, base, host);
    const second = after(10, { ...base, init: first.parameters(), optimizer: sign, step: constant({ size: 0.002 }) }, host);
    expect(training.parameters()).toEqual(second.parameters());
  });

  test("an optimiser starts with an empty memory, the same one again too", () => {
    const phases: Phase[] = [{ when: { step: 30 }, optimizer: withMemory }];
    const options = { ...base, optimizer: withMemory, step: constant({ size: 0.01 }) };
    const first = after(30, options, host);
    const fresh = after(10, { ...options, init: first.parameters() }, host);
    expect(after(40, { ...options, phases }, host).parameters()).toEqual(fresh.parameters());
    expect(after(40, options, host).parameters()).not.toEqual(fresh.parameters());
  });

  test("where only the rule changes the memory is kept", () => {
    const phases: Phase[] = [{ when: { step: 30 }, step: constant({ size: 0.01 }) }];
    const options = { ...base, optimizer: withMemory, step: constant({ size: 0.01 }) };
    expect(after(60, { ...options, phases }, host).parameters()).toEqual(after(60, options, host).parameters());
    const one = counted(withMemory);
    after(60, { ...options, optimizer: one.optimizer, phases }, host);
    expect([one.binds(), one.aims()]).toEqual([1, 60]);
  });

  test("a rule counts its steps from its own phase, and goes on counting where only the optimiser changes", () => {
    const rule = powerLaw({ size: 0.05, exponent: 0.5 });
    const first = after(10, base, host);
    const second = after(8, { ...base, init: first.parameters(), step: rule }, host);
    expect(after(18, { ...base, phases: [{ when: { step: 10 }, step: rule }] }, host).parameters()).toEqual(second.parameters());

    const seen: number[] = [];
    const step = {
      ...constant({ size: 0.01 }),
      start: () => ({
        size: (context: { readonly step: number }) => {
          seen.push(context.step);
          return { size: 0.01, logScale: 0 };
        },
      }),
    };
    const phases: Phase[] = [
      { when: { step: 2 }, optimizer: sign },
      { when: { step: 4 }, step },
    ];
    after(7, { ...base, step, phases }, host);
    expect(seen).toEqual([0, 1, 2, 3, 0, 1, 2]);
  });

  test("a judging rule goes on with what it learnt where only the optimiser changes, and judges in the new norm", () => {
    const step = backtracking({ relativeSize: 0.02, tolerance: 1e-5 });
    const options = { ...base, step, phases: [{ when: { logRiskBelow: -8 }, optimizer: sign }], watchSoftMargin: true };
    const training = new Training(options, host);
    while (!(training.logRisk < -40)) {
      const [norm, own] = [training.logRisk < -8 ? "linf" : "l2", training.point().softMargin];
      const separated = training.separationStep !== undefined;
      training.advance();
      expect(training.outcome).toBeUndefined();
      if (separated) expect(training.point().softMargin[norm]).toBeGreaterThanOrEqual(own[norm]! * (1 - 1e-5));
    }
    expect(training.point().worstSoftMarginDrop).toBeLessThanOrEqual(1e-5 * (1 + 1e-9));
  });

  test("a rule keeps what it learnt where only the optimiser changes", () => {
    const options = {
      ...base,
      optimizer: steepestDescent({ norm: norms.l2, normalized: false }),
      step: lossBased({ size: 0.1, rollback: true }),
    };
    const phases: Phase[] = [{ when: { step: 15 }, optimizer: options.optimizer }];
    expect(after(30, { ...options, phases }, host).parameters()).toEqual(after(30, options, host).parameters());
    phases.push({ when: { step: 16 }, step: options.step });
    expect(after(30, { ...options, phases }, host).parameters()).not.toEqual(after(30, options, host).parameters());
  });

  test("own norm, own soft margin and readings are those of the optimiser that made the last step", () => {
    const phases: Phase[] = [
      { when: "separation", optimizer: sign, step: constant({ size: 0.002 }) },
      { when: { logRiskBelow: -3 }, optimizer: withMemory },
    ];
    const training = new Training({ ...base, phases, track: [norms.l1] }, host);
    const seen = new Map<string, string>();
    for (let t = 0; t < 400 && training.logRisk > -5; t++) {
      training.advance();
      const point = training.point();
      expect(Object.keys(point.margin).sort()).toEqual(["l1", "l2", "linf"]);
      expect(training.ownSoftMargin()).toBe(point.softMargin[point.ownNorm]);
      const readings = Object.keys(point.optimizer).join();
      if (!seen.has(point.ownNorm + readings)) seen.set(point.ownNorm + readings, `${t + 1}`);
    }
    expect([...seen.keys()]).toEqual(["l2", "linf", "linfepsilonShare"]);
    expect(Number(seen.get("linf"))).toBe(training.separationStep! + 1);
  });

  test("the watched soft margin never compares two norms", () => {
    const phases: Phase[] = [{ when: { logRiskBelow: -20 }, optimizer: gradient }];
    const options = { ...base, optimizer: sign, step: marginPaced({ c: 1 }), phases, watchSoftMargin: true };
    const training = new Training(options, host);
    while (!(training.logRisk < -25)) training.advance();
    const { ownNorm, softMargin, worstSoftMarginDrop } = training.point();
    expect(ownNorm).toBe("l2");
    expect(softMargin.linf).toBeGreaterThan(5 * softMargin.l2!); // a fall of 0.8 if they were
    expect(worstSoftMarginDrop).toBeLessThan(1e-3);
  });

  test("the first step of a new optimiser is watched", () => {
    const tooLong: Phase = { when: { logRiskBelow: -20 }, optimizer: sign, step: constant({ size: 0.2 }) };
    const training = new Training({ ...base, step: marginPaced({ c: 1 }), phases: [tooLong], watchSoftMargin: true }, host);
    while (!(training.logRisk < -20)) training.advance();
    const drop = training.point().worstSoftMarginDrop;
    expect(drop).toBeLessThan(1e-3);
    const before = training.point().softMargin.linf!;
    training.advance();
    const expected = (before - training.ownSoftMargin()) / before;
    expect(expected).toBeGreaterThan(0.01);
    expect(training.point().worstSoftMarginDrop).toBe(expected);
  });
});
