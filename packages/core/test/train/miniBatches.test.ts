import { describe, expect, test } from "vitest";
import {
  adam,
  type BatchRule,
  type Condition,
  constant,
  drive,
  lossBased,
  losses,
  marginPaced,
  meanReduction,
  mlp,
  norms,
  type Optimizer,
  type StepRule,
  steepestDescent,
  Training,
  type TrainOptions,
  type TrainPoint,
} from "../../src/index.js";
import { batchAt, batchSizes, stepsPerEpoch } from "../../src/train/batches.js";
import { linearByHand, reluByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";
import { batchBase as base, student, teacherStudentData } from "../support/teacherStudent.js";

type Host = (typeof hosts)[number];

const unit = steepestDescent({ norm: norms.linf, normalized: true });

function after(steps: number, options: TrainOptions, host: Host): Training {
  const training = new Training(options, host);
  for (let t = 0; t < steps; t++) training.advance();
  return training;
}

function state(training: Training) {
  const { health, ...point } = training.point();
  return { point, health, parameters: training.parameters(), gradient: training.gradient(), weights: training.weights() };
}

const epochs = (rule: BatchRule, n: number, from: number, count: number, seed = 7): number[][] => {
  const rowsOf = batchAt(rule, n, seed, hosts[1]!.kernels);
  return Array.from({ length: stepsPerEpoch(rule, n) * count }, (_, t) => [...rowsOf(t + from)]);
};

const sorted = (rows: readonly number[]): number[] => [...rows].sort((a, b) => a - b);

describe("which samples a step sees", () => {
  test("cyclic: the samples in their order, the last batch of an epoch holds what is left", () => {
    expect(epochs({ size: 3, order: "cyclic" }, 7, 0, 2)).toEqual([[0, 1, 2], [3, 4, 5], [6], [0, 1, 2], [3, 4, 5], [6]]);
    expect(epochs({ size: 7, order: "cyclic" }, 7, 0, 2)).toEqual([0, 1].map(() => [0, 1, 2, 3, 4, 5, 6]));
  });

  test("shuffled: every sample once per epoch, in increasing order within a batch, in another order every epoch", () => {
    const seen = epochs({ size: 4, order: "shuffled" }, 22, 0, 3);
    expect(seen.map((rows) => rows.length)).toEqual([4, 4, 4, 4, 4, 2, 4, 4, 4, 4, 4, 2, 4, 4, 4, 4, 4, 2]);
    for (const rows of seen) expect(rows).toEqual(sorted(rows));
    const perEpoch = [0, 1, 2].map((epoch) => seen.slice(6 * epoch, 6 * epoch + 6));
    for (const batches of perEpoch) expect(sorted(batches.flat())).toEqual(Array.from({ length: 22 }, (_, i) => i));
    expect(perEpoch[0]).not.toEqual(perEpoch[1]);
    expect(perEpoch[1]).not.toEqual(perEpoch[2]);
    expect(epochs({ size: 4, order: "shuffled" }, 22, 0, 1, 8)).not.toEqual(perEpoch[0]);
  });

  test("with replacement: full batches of any samples, repetitions among them, every sample about equally often", () => {
    const rule: BatchRule = { size: 8, order: "withReplacement" };
    expect(batchSizes(rule, 20)).toEqual([8]);
    const seen = epochs(rule, 20, 0, 400);
    expect(seen).toHaveLength(1200);
    expect(seen.every((rows) => rows.length === 8)).toBe(true);
    expect(seen.filter((rows) => new Set(rows).size < 8).length).toBeGreaterThan(600); // expected share: 1 - 20! / (12! 20⁸) = 0.80
    const counts = new Array<number>(20).fill(0);
    for (const i of seen.flat()) counts[i]!++;
    for (const count of counts) expect(Math.abs(count - 480)).toBeLessThan(5 * Math.sqrt(480 * 0.95)); // binomial(9600, 1/20), five deviations
  });

  test.each(["cyclic", "shuffled", "withReplacement"] as const)(
    "%s: a function of the step alone, in whatever order it is asked",
    (order) => {
      const rule = { size: 4, order };
      const inOrder = epochs(rule, 10, 0, 4);
      const rowsOf = batchAt(rule, 10, 7, hosts[1]!.kernels);
      for (const t of [11, 0, 7, 3, 4, 3]) expect([...rowsOf(t)]).toEqual(inOrder[t]);
    },
  );
});

describe.each(hosts)("mini-batches on the $host", (host) => {
  const settings: readonly (readonly [string, Optimizer, StepRule])[] = [
    ["gradient descent", base.optimizer, base.step],
    ["loss-based gradient descent", base.optimizer, lossBased({ size: 0.05, rollback: false })],
    ["margin-paced sign descent", unit, marginPaced({ c: 1 })],
    [
      "margin-paced spectral descent",
      steepestDescent({ norm: norms.spectral, normalized: true }),
      marginPaced({ c: 0.05, gradients: "bound" }),
    ],
    ["adam", adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }), constant({ size: 0.01 })],
  ];
  const mean = meanReduction(losses.logistic);

  test.each(settings)("%s: a batch of all samples is the full batch, bit for bit", (_name, optimizer, step) => {
    for (const loss of [losses.logistic, mean]) {
      const options = { ...base, optimizer, step, loss, watchSoftMargin: true };
      const whole = state(after(40, options, host));
      expect(whole.point.separationStep ?? Infinity).toBeGreaterThan(1);
      for (const order of ["cyclic", "shuffled"] as const) {
        expect(state(after(40, { ...options, batch: { size: 50, order } }, host))).toStrictEqual(whole);
      }
    }
  });

  test("sparse data: batches are dense, the whole data is not, and a batch of all samples is still the same bits", () => {
    const data = samples({ seed: 5, sampleCount: 21, inputDim: 13, density: 0.15 });
    const options = {
      ...base,
      network: mlp({ widths: [13, 6, 1], activation: "relu" }),
      data,
      optimizer: unit,
      step: marginPaced({ c: 0.5 }),
    };
    const whole = state(after(60, options, host));
    expect(state(after(60, { ...options, batch: { size: 21, order: "shuffled" } }, host))).toStrictEqual(whole);
  });

  test("a batch of one sample follows that sample's gradient: by hand", () => {
    // W = ((1, 2), (-1, 0)), a = (2, -3); sample 0 = (1, 1), label +1: only unit 0 is active, q = 6, ∇q = ((2, 2), (0, 0)), (3, 0)
    const options: TrainOptions = {
      ...reluByHand,
      optimizer: steepestDescent({ norm: norms.l2, normalized: false }),
      step: lossBased({ size: 0.5, rollback: false }),
      batch: { size: 1, order: "cyclic" },
    };
    const training = after(1, options, host);
    const near = (found: Float64Array, expected: readonly number[]) => {
      found.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 13);
      });
    };
    near(training.parameters(), [2, 3, -1, 0, 3.5, -3]);
    // sample 1 = (-2, 0), label -1: only unit 1 is active, with z = 2: q = 6, ∇q = ((0, 0), (-6, 0)), (0, -2)
    training.advance();
    near(training.parameters(), [2, 3, -4, 0, 3.5, -4]);
  });

  test("a batch of some samples follows the gradient of their risk alone, and the mean is over the batch", () => {
    const data = teacherStudentData(0);
    const rows = [3, 4, 5];
    const part = {
      inputs: Float64Array.from(rows.flatMap((i) => [...data.inputs.subarray(10 * i, 10 * i + 10)])),
      labels: rows.map((i) => data.labels[i]!),
      inputDim: 10,
    };
    const [network, init] = [student, new Training(base, host).parameters()];
    for (const reduction of ["sum", "mean"] as const) {
      const loss = reduction === "mean" ? mean : losses.logistic;
      const start = after(1, { ...base, network, init, loss, batch: { size: 3, order: "cyclic" } }, host);
      const between = start.parameters(); // after rows 0, 1, 2
      start.advance();
      const alone = new Training({ ...base, network, init: between, data: { ...part, labels: part.labels }, loss: losses.logistic }, host);
      const factor = 0.02 * Math.exp(alone.logRisk) * (reduction === "mean" ? 1 / 3 : 1);
      const gradient = alone.gradient();
      start.parameters().forEach((theta, i) => {
        const expected = between[i]! - factor * gradient[i]!;
        expect(Math.abs(theta - expected)).toBeLessThan(1e-14);
      });
    }
  });

  test("a margin-paced step is measured on the samples of its own batch", () => {
    const { data } = base;
    for (const norm of [norms.l2, norms.linf, norms.spectral]) {
      const options = { ...base, optimizer: steepestDescent({ norm, normalized: true }), step: marginPaced({ c: 0.5 }) };
      const training = new Training({ ...options, batch: { size: 10, order: "cyclic" } }, host);
      for (let t = 0; t < 5; t++) {
        const part = {
          inputs: data.inputs.subarray(100 * t, 100 * t + 100),
          labels: Array.from(data.labels).slice(10 * t, 10 * t + 10),
          inputDim: 10,
        };
        const alone = after(1, { ...options, data: part, init: training.parameters() }, host);
        training.advance();
        expect(training.parameters()).toEqual(alone.parameters());
      }
    }
  });

  test("conditions on steps hold within an epoch, others at its end", () => {
    const batch: BatchRule = { size: 8, order: "shuffled" };
    const seen = (when: Condition) => {
      let first = -1;
      const optimizer: Optimizer = {
        ...unit,
        bind: (context) => ({
          ...unit.bind(context),
          aim: () => {
            if (first < 0) first = training.step;
          },
        }),
      };
      const training: Training = new Training({ ...base, batch, phases: [{ when, optimizer }] }, host);
      while (first < 0) training.advance();
      return first;
    };
    expect(seen({ step: 10 })).toBe(10);
    const at = seen({ logRiskBelow: 2.5 });
    expect(at % 7).toBe(0);
    expect(at).toBeGreaterThan(0);
    expect(after(at - 7, { ...base, batch }, host).logRisk).toBeGreaterThanOrEqual(2.5);
    expect(after(at, { ...base, batch }, host).logRisk).toBeLessThan(2.5);
  });

  test("the last, smaller batch of an epoch is a batch of its own size", () => {
    const seen: number[] = [];
    const spy: Optimizer = {
      ...base.optimizer,
      bind: (context) => ({ aim: (logRisk) => void seen.push(logRisk), move: () => context.theta.length * 0 }),
    };
    const data = { ...linearByHand.data, inputs: Float64Array.of(1, 0, 0, 1, 2, 0), labels: [1, -1, 1] };
    after(4, { ...linearByHand, data, optimizer: spy, batch: { size: 2, order: "cyclic" } }, host); // margins 3, 4, 6
    const both = Math.log(Math.exp(-3) + Math.exp(-4));
    for (const [i, expected] of [both, -6, both, -6].entries()) expect(seen[i]).toBeCloseTo(expected, 13);
    seen.length = 0;
    const meanLoss = meanReduction(losses.exponential);
    after(2, { ...linearByHand, data, optimizer: spy, loss: meanLoss, batch: { size: 2, order: "cyclic" } }, host);
    expect(seen[0]).toBeCloseTo(both - Math.log(2), 13);
    expect(seen[1]).toBeCloseTo(-6, 13);
  });

  test("perfect accuracy, separation, conditions and the log risk to stop below are judged when an epoch ends", () => {
    const batch: BatchRule = { size: 8, order: "shuffled" }; // seven steps per epoch
    const training = new Training({ ...base, batch, optimizer: unit, step: constant({ size: 0.002 }), stop: { logRiskBelow: -20 } }, host);
    let last = training.logRisk;
    while (!training.outcome) {
      training.advance();
      if (training.step % 7 !== 0 && !training.outcome) expect(training.logRisk).toBe(last);
      last = training.logRisk;
    }
    const { perfectAccuracyStep, separationStep } = training;
    for (const step of [perfectAccuracyStep!, separationStep!, training.step]) expect(step % 7).toBe(0);
    expect(separationStep).toBeGreaterThan(0);
    expect(training.outcome).toEqual({ kind: "finished", step: training.step, reason: "logRiskBelow" });
    expect(training.logRisk).toBeLessThan(-20);
  });

  test("the watched soft margin is measured from the end of one epoch to that of the next", () => {
    const batch: BatchRule = { size: 8, order: "shuffled" };
    const training = new Training({ ...base, batch, optimizer: unit, step: constant({ size: 0.01 }), watchSoftMargin: true }, host);
    let [worst, before] = [0, Number.NaN];
    for (let epoch = 0; epoch < 60; epoch++) {
      for (let t = 0; t < 7; t++) training.advance();
      const now = training.ownSoftMargin();
      if (before > 0) worst = Math.max(worst, (before - now) / before);
      before = training.logRisk < -5 ? now : Number.NaN;
    }
    expect(worst).toBeGreaterThan(0);
    expect(training.point().worstSoftMarginDrop).toBe(worst);
  });

  test("a new optimiser within an epoch: its soft margin is not compared with that of another norm", () => {
    const phases = [{ when: { step: 703 }, optimizer: steepestDescent({ norm: norms.l2, normalized: true }) }];
    const batch: BatchRule = { size: 8, order: "shuffled" };
    const step = constant({ size: 0.01 });
    const training = after(703, { ...base, batch, optimizer: unit, step, phases, watchSoftMargin: true }, host);
    const { softMargin, logRisk } = training.point();
    expect(logRisk).toBeLessThan(-5);
    expect(softMargin.linf).toBeGreaterThan(10 * softMargin.l2!);
    for (let t = 703; t < 714; t++) training.advance();
    expect(training.point().ownNorm).toBe("l2");
    expect(training.point().worstSoftMarginDrop).toBeLessThan(0.85); // more than 0.9 if it were
  });

  test("what is asked for within an epoch belongs to the current parameters", () => {
    const training = after(10, { ...base, batch: { size: 8, order: "shuffled" } }, host);
    const fresh = new Training({ ...base, init: training.parameters() }, host);
    expect(training.scores()).toEqual(fresh.scores());
    expect(training.sampleMargins()).toEqual(fresh.sampleMargins());
    expect(training.weights()).toEqual(fresh.weights());
    expect(training.gradient()).toEqual(fresh.gradient());
    expect(training.ownSoftMargin()).toBe(fresh.ownSoftMargin());
    expect(training.kktResidual(norms.l2)).toEqual(fresh.kktResidual(norms.l2));
    expect(training.point().logRisk).toBe(fresh.point().logRisk);
  });

  test.each(["cyclic", "shuffled", "withReplacement"] as const)(
    "%s: same seed, same bits, whenever it is looked at; another seed, another path",
    (order) => {
      const options: TrainOptions = {
        ...base,
        init: new Training(base, host).parameters(),
        optimizer: adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }),
        step: constant({ size: 0.03 }),
        batch: { size: 8, order },
        watchSoftMargin: true,
        stop: { steps: 600 },
      };
      const end = (seed: number, perDecade: number, at: number[]) => {
        const training = new Training({ ...options, seed }, host);
        let last: TrainPoint | undefined;
        for (const event of drive(training, { perDecade, at }, host)) if (event.kind === "point") last = event.point;
        return { last, parameters: training.parameters() };
      };
      const rarely = end(3, 1, []);
      expect(rarely.last!.step).toBe(600);
      expect(rarely.last!.logRisk).toBeLessThan(-5);
      expect(
        end(
          3,
          64,
          Array.from({ length: 600 }, (_, t) => t),
        ),
      ).toStrictEqual(rarely);
      if (order === "cyclic") expect(end(4, 1, []).parameters).toEqual(rarely.parameters);
      else expect(end(4, 1, []).parameters).not.toEqual(rarely.parameters);
    },
  );

  test("a margin-paced batch that nothing can reach moves nothing and ends nothing", () => {
    // sample 1 = (-2, -3) meets two inactive units: its score and its gradient are 0
    const options: TrainOptions = {
      ...reluByHand,
      data: { ...reluByHand.data, inputs: Float64Array.of(1, 1, -2, -3) },
      init: Float64Array.of(1, 2, 2, 1, 2, 3),
      step: marginPaced({ c: 0.5 }),
      batch: { size: 1, order: "cyclic" },
    };
    const training = after(1, options, host);
    const before = training.parameters();
    training.advance();
    expect(training.outcome).toBeUndefined();
    expect(training.step).toBe(2);
    expect(training.parameters()).toEqual(before);
    expect(training.point().health).toMatchObject({ marginChange: Number.NaN, lostUpdates: Number.NaN, deadSamples: 1 });
    training.advance();
    expect(training.parameters()).not.toEqual(before);
  });

  test("a run may end within an epoch", () => {
    const training = after(5, { ...base, batch: { size: 8, order: "shuffled" }, stop: { steps: 3 } }, host);
    expect(training.outcome).toEqual({ kind: "finished", step: 3, reason: "steps" });
    expect(training.point().logRisk).toBe(new Training({ ...base, init: training.parameters() }, host).logRisk);
  });
});
