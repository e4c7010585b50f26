import { describe, expect, test } from "vitest";
import {
  adam,
  byLayer,
  constant,
  DefinitionError,
  DimensionError,
  marginPaced,
  mlp,
  norms,
  type Optimizer,
  progressiveRescaling,
  type StepRule,
  steepestDescent,
  stepRules,
  Training,
  type TrainOptions,
  type TrainPoint,
} from "../../src/index.js";
import { everyOptimizer } from "../support/everyOptimizer.js";
import { hosts } from "../support/hosts.js";
import { everyBatch, everyStepRule, measuredRun, type Part, runInParts } from "../support/interrupted.js";
import { testRefusals, untyped } from "../support/refusal.js";

const host = hosts[0]!;
const schedule = { perDecade: 3, at: [17] };
const stop = { steps: 32 };

/** Broken off twice, the second time between two record points, and stopped in between. */
const parts: readonly Part[] = [
  { upTo: 3, how: "break" },
  { upTo: 14, how: "stop" },
  { upTo: 23, how: "break" },
];

function expectSame(options: TrainOptions): void {
  expect(runInParts(options, schedule, host, parts)).toEqual(runInParts(options, schedule, host, []));
}

const fits = ({ appliesTo }: StepRule, { lengthUnit }: Optimizer): boolean => appliesTo === "any" || appliesTo === lengthUnit;

const small = constant({ size: 0.02 });

describe("a run that is kept and gone on with is the run without interruption, bit for bit", () => {
  test.each(Object.entries(everyOptimizer))("%s", (_, optimizer) => {
    expectSame(measuredRun(optimizer, small, { stop }));
  });

  test.each(Object.entries(everyStepRule))("%s, with an optimiser without memory, one with, and a wrapped one", (_, step) => {
    const all = Object.values(everyOptimizer).filter((optimizer) => fits(step, optimizer) && !optimizer.decay);
    for (const optimizer of [all[0]!, all[Math.floor(all.length / 2)]!, all.at(-1)!]) expectSame(measuredRun(optimizer, step, { stop }));
  });

  test.each(Object.entries(everyBatch))("%s samples, with every third optimiser", (_, batch) => {
    const some = Object.values(everyOptimizer).filter((_, i) => i % 3 === 0);
    for (const optimizer of some) expectSame(measuredRun(optimizer, small, { batch, stop }));
  });

  test("phases", () => {
    const optimizers = Object.values(everyOptimizer);
    for (const [i, optimizer] of optimizers.entries()) {
      if (i % 2 === 0) continue;
      const next = optimizers[(i + 5) % optimizers.length]!;
      const phases = [
        { when: { step: 5 }, step: stepRules.powerLaw.make({ size: 0.03, exponent: 0.5 } as never) },
        { when: { step: 14 }, optimizer: next, step: small },
        { when: { step: 30 }, optimizer },
      ];
      expectSame(measuredRun(optimizer, small, { phases, stop }));
    }
  });
});

const gradient = steepestDescent({ norm: norms.l2, normalized: true });

test("below a log risk of -5, where falls of the soft margin and both sides of theorem 1 are watched, it is too", () => {
  const signs = steepestDescent({ norm: norms.linf, normalized: true });
  const options = measuredRun(signs, marginPaced({ c: 1 }), { stop: { steps: 400 } });
  const deep: readonly Part[] = [
    { upTo: 250, how: "break" },
    { upTo: 301, how: "stop" },
  ];
  const whole = runInParts(options, schedule, host, []);
  const last = JSON.parse(whole.events.findLast((event) => event.includes('"kind":"point"'))!) as { readonly point: TrainPoint };
  expect(last.point.logRisk).toBeLessThan(-5);
  expect(last.point.worstSoftMarginDrop).toBeGreaterThan(0);
  expect(runInParts(options, schedule, host, deep)).toEqual(whole);
});

const run = (optimizer: Optimizer, step: StepRule = small) => measuredRun(optimizer, step, { stop });

/** Steps along the gradient with a memory of their number, as a user writes it, who says nothing of a state. */
const mine: Optimizer = {
  ...gradient,
  id: "mine",
  bind: (context) => {
    const { carry, ...bound } = gradient.bind(context);
    return bound;
  },
};
const kept = new Training(run(gradient), host).state();

testRefusals([
  [
    "an optimiser without carry",
    () => new Training(run(mine), host).state(),
    DefinitionError,
    "mine does not say what its steps leave behind",
    "optimizer",
  ],
  [
    "a wrapped optimiser without carry",
    () => new Training(run(progressiveRescaling(mine, { period: 3, growth: 2 })), host).state(),
    DefinitionError,
    "progressiveRescaling does not say",
    "optimizer",
  ],
  [
    "layers without carry",
    () => new Training(run(byLayer("layers", () => ({ optimizer: mine, scale: 1 }), "none")), host).state(),
    DefinitionError,
    "layers does not say",
    "optimizer",
  ],
  [
    "a step rule without carry",
    () => new Training(run(gradient, { ...small, start: () => ({ size: () => ({ size: 0.1, logScale: 0 }) }) }), host).state(),
    DefinitionError,
    "constant does not say",
    "step",
  ],
  [
    "the state of another optimiser",
    () => new Training(run(adam({ beta1: 0.9, beta2: 0.9, epsilon: 0 })), host, kept),
    DefinitionError,
    "state.numbers.optimizer.first.buffer: must be a Float64Array, got undefined",
    "state.numbers.optimizer.first.buffer",
  ],
  [
    "the state of another network",
    () => new Training({ ...run(gradient), network: mlp({ widths: [4, 6, 1], activation: "relu" }) }, host, kept),
    DimensionError,
    "state.numbers.parameters: holds 25 numbers, expected 30",
    "state.numbers.parameters",
  ],
  [
    "the state of a phase that is not there",
    () => new Training(run(gradient), host, { ...kept, values: { ...kept.values, phase: 1 } }),
    DefinitionError,
    "is 1, the run has 1 phases",
    "state.values.phase",
  ],
  ["no state", () => new Training(run(gradient), host, untyped("state")), DefinitionError, "state: must be an object", "state"],
]);

test.each(Object.entries(everyOptimizer))("a training of %s that goes on from a state answers as the one that kept it", (_, optimizer) => {
  const training = new Training(run(optimizer), host);
  for (let t = 0; t < 7; t++) training.advance();
  const again = new Training(run(optimizer), host, training.state());
  expect(again.state()).toEqual(training.state());
  expect(again.point()).toEqual(training.point());
  for (const name of ["step", "logRisk", "minMargin", "perfectAccuracyStep", "separationStep", "outcome"] as const)
    expect(again[name], name).toEqual(training[name]);
  for (const read of ["parameters", "gradient", "scores", "testScores", "sampleMargins", "weights", "pairWeights"] as const)
    expect(again[read](), read).toEqual(training[read]());
  expect(again.kktResidual("l2")).toEqual(training.kktResidual("l2"));
});

test("a run that stalled, or that left the doubles, stays ended, whatever the stop rule", () => {
  const leaps = { ...run(steepestDescent({ norm: norms.l2, normalized: false }), constant({ size: 1e300 })), stop: {} };
  const training = new Training(leaps, host);
  while (!training.outcome) training.advance();
  expect(training.outcome.kind).toBe("diverged");
  expect(new Training(leaps, host, training.state())).toMatchObject({
    outcome: training.outcome,
    step: training.step,
    logRisk: training.logRisk,
  });
  const stalls = { ...run(gradient, stepRules.backtracking.make({ relativeSize: 0.02, tolerance: 0 } as never)), stop: { steps: 5000 } };
  const stalled = new Training(stalls, host);
  while (!stalled.outcome) stalled.advance();
  expect(stalled.outcome.kind).toBe("stalled");
  expect(new Training({ ...stalls, stop: {} }, host, stalled.state()).outcome).toEqual(stalled.outcome);
});
