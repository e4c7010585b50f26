import { describe, expect, test } from "vitest";
import {
  backtracking,
  constant,
  coupledDecay,
  decoupledDecay,
  drive,
  linear,
  losses,
  marginPaced,
  mlp,
  momentumDescent,
  norms,
  type Optimizer,
  type StepRule,
  signum,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { DescentWatch } from "../../src/train/descentWatch.js";
import { hosts } from "../support/hosts.js";

const host = hosts[0]!;

describe("the descent over the later part of a run", () => {
  test.each([1, 2, 3])("is that of the whole record, sequence %i", (seed) => {
    const watch = new DescentWatch();
    const logRisks: number[] = [];
    let state = seed;
    for (let step = 0; step < 3000; step++) {
      state = (state * 48_271) % 2_147_483_647;
      logRisks.push((step === 0 ? 5 : logRisks[step - 1]!) + state / 2_147_483_647 - 0.51);
      watch.step(step, logRisks[step]!);
      const { steps, fall, variation } = watch.descent;
      if (step < 20) continue;
      expect(steps).toBeGreaterThanOrEqual(step / 2);
      expect(steps).toBeLessThanOrEqual(0.6 * step + 2); // a mark is at most a quarter and a step before the middle
      const from = step - steps;
      const least = (until: number): number => logRisks.slice(0, until + 1).reduce((a, b) => Math.min(a, b));
      expect(fall).toBe(least(from) - least(step));
      const changes = logRisks.slice(from + 1).map((value, i) => Math.abs(value - logRisks[from + i]!));
      expect(variation).toBeCloseTo(
        changes.reduce((a, b) => a + b, 0),
        9, // at most 3000 sums below 1600, each rounded by 2^-53
      );
    }
  });

  test("begins anew with another optimiser", () => {
    const watch = new DescentWatch();
    for (let step = 0; step <= 100; step++) watch.step(step, step % 2);
    watch.restart();
    for (let step = 100; step <= 140; step++) watch.step(step, 200 - step);
    const { steps, fall, variation } = watch.descent;
    expect(steps).toBeGreaterThanOrEqual(20);
    expect(steps).toBeLessThanOrEqual(40);
    expect([fall, variation]).toEqual([steps, steps]);
  });
});

/** Points of two classes around a corner, which a ReLU network separates. */
const count = 40;
const angle = (i: number): number => (i * 0.618_033_988_75) % 1;
const points = Array.from({ length: count }, (_, i): readonly [number, number, number] => {
  const [radius, sign] = i % 2 === 0 ? [1, 1] : [2, -1];
  const t = (angle(i) - 0.5) * 4;
  return [radius * (1 - (t * t) / 2), radius * t, sign];
});
const data = { inputs: Float64Array.from(points.flatMap(([u, v]) => [u, v, 1])), inputDim: 3, labels: points.map(([, , sign]) => sign) };
const network = mlp({ widths: [3, 16, 1], activation: "relu" });
const base: Omit<TrainOptions, "optimizer" | "step"> = {
  network,
  data,
  loss: losses.exponential,
  init: { law: "uniformFanIn", scale: 0.3 },
  seed: 0,
  stop: { steps: 2000 },
};

/** The warnings of a run, and its log risk at every step. */
function told(optimizer: Optimizer, step: StepRule, options: Partial<TrainOptions> = {}) {
  const training = new Training({ ...base, ...options, optimizer, step } as TrainOptions, host);
  const logRisks = new Map([[0, training.logRisk]]);
  const warnings = [];
  for (const event of drive(training, { perDecade: 24 }, host, 1)) {
    logRisks.set(training.step, training.logRisk);
    if (event.kind === "warning") warnings.push(event);
  }
  return { stagnation: warnings.find(({ what }) => what === "stagnation"), logRisks: [...logRisks.values()], outcome: training.outcome };
}

const coordinate = steepestDescent({ norm: norms.l1, normalized: true, smoothing: "none" });
const sign = steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" });
const gradient = steepestDescent({ norm: norms.l2, normalized: false });

describe("a run whose steps undo each other is told so", () => {
  test.each<[string, Optimizer, StepRule, Partial<TrainOptions>]>([
    ["coordinate descent at a kink", coordinate, marginPaced({ c: 0.25 }), {}],
    ["sign descent around a minimum", sign, constant({ size: 0.1 }), { network: linear({ inputDim: 3 }) }],
  ])("%s", (_name, optimizer, step, options) => {
    const { stagnation, logRisks } = told(optimizer, step, options);
    expect(stagnation).toBeDefined();
    const { step: at, value, advice } = stagnation!;
    expect(value).toBeGreaterThanOrEqual(Math.max(500, at / 2));
    const [before, later] = [logRisks.slice(0, at - value + 1), logRisks.slice(at - value, at + 1)];
    expect(Math.min(...before) - Math.min(...later)).toBeLessThan(0.01);
    expect(later.some((logRisk, i) => i > 0 && logRisk > later[i - 1]!)).toBe(true);
    expect(advice).toMatch(/^use a smaller (c|size) or momentum/);
  });

  test("and the advice is the remedy", () => {
    expect(told(coordinate, marginPaced({ c: 0.25 })).stagnation).toBeDefined();
    expect(told(coordinate, marginPaced({ c: 0.005 })).stagnation).toBeUndefined();
    const momentum = momentumDescent({ norm: norms.l1, momentum: 0.99, nesterov: false });
    const { stagnation, logRisks } = told(momentum, marginPaced({ c: 0.25 }));
    expect(stagnation).toBeUndefined();
    expect(logRisks.at(-1)).toBeLessThan(Math.min(...told(coordinate, marginPaced({ c: 0.25 })).logRisks) - 1);
  });
});

describe("a run that goes on, however slowly, is not", () => {
  const unseparated = {
    data: { inputs: Float64Array.of(1, 2, -1, 1, 1, 3), inputDim: 2, labels: [1, 1, -1] },
    network: linear({ inputDim: 2 }),
  };
  const separated = {
    data: { inputs: Float64Array.of(1, 2, 2, 1, -1, -2), inputDim: 2, labels: [1, 1, -1] },
    network: linear({ inputDim: 2 }),
  };
  test.each<[string, Optimizer, StepRule, Partial<TrainOptions>]>([
    ["gradient descent whose risk is 1 / t", gradient, constant({ size: 0.05 }), { ...separated, stop: { steps: 20_000 } }],
    [
      "gradient descent at its minimum, where rounding is all that is left",
      gradient,
      constant({ size: 0.05 }),
      { ...unseparated, stop: { steps: 20_000 } },
    ],
    ["gradient descent near the saddle at 0", gradient, constant({ size: 0.01 }), { init: { law: "uniformFanIn", scale: 1e-6 } }],
    ["steps that shrink to nothing", gradient, constant({ size: 1e-19 }), {}],
    ["sign descent whose soft margin is watched", sign, backtracking({ relativeSize: 0.05, tolerance: 0 }), {}],
    ["Signum", signum({ momentum: 0.9 }), marginPaced({ c: 0.25 }), {}],
    ["decay that bounds the weights", decoupledDecay(signum({ momentum: 0.9 }), 0.5), constant({ size: 0.1 }), {}],
    ["coupled decay", coupledDecay(signum({ momentum: 0.9 }), 0.5), constant({ size: 0.1 }), {}],
  ])("%s", (_name, optimizer, step, options) => expect(told(optimizer, step, options).stagnation).toBeUndefined());
});
