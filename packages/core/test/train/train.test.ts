import { describe, expect, test } from "vitest";
import {
  adam,
  constant,
  drive,
  losses,
  marginPaced,
  meanReduction,
  mlp,
  norms,
  type Optimizer,
  type RunOutcome,
  recordPoints,
  steepestDescent,
  Training,
  type TrainOptions,
  type TrainPoint,
  train,
} from "../../src/index.js";
import { type LabelledOptions, linearByHand, reluByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { signBase, teacherStudentData } from "../support/teacherStudent.js";

type Host = (typeof hosts)[number];

function collect(options: TrainOptions, host: Host, at: readonly number[] = []): { points: TrainPoint[]; outcome: RunOutcome } {
  const run = train(options, { perDecade: 4, at }, host);
  const points: TrainPoint[] = [];
  for (;;) {
    const next = run.next();
    if (next.done) return { points, outcome: next.value };
    points.push(next.value);
  }
}

const teacherStudent: TrainOptions = { ...signBase, stop: { steps: 150 } };

test("record points are 0, the integers nearest to powers of 10^(1/perDecade), and those asked for", () => {
  const due = (perDecade: number, at: number[]) => {
    const schedule = recordPoints(hosts[0]!.kernels(0), { perDecade, at });
    return Array.from({ length: 1001 }, (_, step) => step).filter((step) => schedule.isDue(step));
  };
  expect(due(1, [])).toEqual([0, 1, 10, 100, 1000]);
  expect(due(4, [7, 999])).toEqual([0, 1, 2, 3, 6, 7, 10, 18, 32, 56, 100, 178, 316, 562, 999, 1000]);
});

describe.each(hosts)("training on the $host", (host) => {
  test("records the due steps, those asked for, perfect accuracy, separation and the last step", () => {
    const { points, outcome } = collect(teacherStudent, host, [40]);
    expect(outcome).toEqual({ kind: "finished", step: 150, reason: "steps" });
    const { perfectAccuracyStep, separationStep } = points.at(-1)!;
    expect(perfectAccuracyStep).toBeLessThan(separationStep!);
    const expected = new Set([0, 1, 2, 3, 6, 10, 18, 32, 40, 56, 100, 150, perfectAccuracyStep!, separationStep!]);
    expect(points.map(({ step }) => step)).toEqual([...expected].sort((a, b) => a - b));
    for (const point of points) {
      expect(point.perfectAccuracyStep !== undefined).toBe(point.step >= perfectAccuracyStep!);
      expect(point.separationStep !== undefined).toBe(point.step >= separationStep!);
      expect(point.trainAccuracy === 1).toBe(point.minMargin > 0);
      expect(point.testAccuracy).toBeGreaterThan(0.3);
      expect(point.ownNorm).toBe("linf");
    }
    const separated = points.find(({ step }) => step === separationStep)!;
    expect(separated.logRisk).toBeLessThan(Math.log(Math.LN2));
  });

  test("perfect accuracy and separation are the first steps with a positive smallest margin and with R < l(0)", () => {
    const training = new Training(teacherStudent, host);
    let perfect: number | undefined;
    let separated: number | undefined;
    for (let t = 0; t < 100; t++) {
      if (training.sampleMargins().every((q) => q > 0)) perfect ??= t;
      if (training.logRisk < Math.log(Math.LN2)) separated ??= t;
      expect([training.perfectAccuracyStep, training.separationStep]).toEqual([perfect, separated]);
      training.advance();
    }
    expect(perfect).toBeGreaterThan(0);
    expect(separated).toBeGreaterThan(perfect!);
  });

  test("yields progress between points, so that a consumer can stop, and nothing more once stopped", () => {
    const training = new Training({ ...teacherStudent, stop: {} }, host);
    const events = drive(training, { perDecade: 1 }, host);
    const kinds: string[] = [];
    for (const event of events) {
      kinds.push(event.kind);
      if (event.kind === "progress" && event.step > 100) break;
    }
    expect(kinds.filter((kind) => kind === "progress").length).toBeGreaterThan(3);
    expect(events.next().done).toBe(true);
    expect(training.outcome).toBeUndefined();
  });

  test("ends below the log risk asked for, at the first such step", () => {
    const { points, outcome } = collect({ ...linearByHand, stop: { logRiskBelow: -3.5 } }, host);
    expect(outcome).toMatchObject({ kind: "finished", reason: "logRiskBelow" });
    expect(points.at(-1)!.logRisk).toBeLessThan(-3.5);
    expect(collect({ ...linearByHand, stop: { steps: outcome.step - 1 } }, host).points.at(-1)!.logRisk).toBeGreaterThanOrEqual(-3.5);
  });

  test("stops before the first step where that is asked for", () => {
    const { points, outcome } = collect({ ...linearByHand, stop: { steps: 0 } }, host);
    expect(points.map(({ step }) => step)).toEqual([0]);
    expect(outcome).toEqual({ kind: "finished", step: 0, reason: "steps" });
  });

  test("a network whose units are all dead is stationary, not separated, and says so", () => {
    const dead = {
      ...reluByHand,
      data: { ...reluByHand.data, inputs: Float64Array.of(1, 1, 2, 1) },
      init: Float64Array.of(-1, -1, -2, -1, 1, 1),
    };
    const { points, outcome } = collect({ ...dead, stop: { logRiskBelow: -10 } }, host);
    expect(outcome).toEqual({ kind: "stationary-not-separated", step: 0 });
    expect(points).toHaveLength(1);
    expect(points[0]!.trainAccuracy).toBe(0);
  });

  test("a margin-paced step where every gradient is zero ends as stationary, not as a divergence", () => {
    const data = { ...reluByHand.data, inputs: Float64Array.of(1, 1, 2, 1) };
    const training = new Training({ ...reluByHand, data, step: marginPaced({ c: 1 }), init: Float64Array.of(-1, -1, -2, -1, 1, 1) }, host);
    training.advance();
    expect(training.outcome).toEqual({ kind: "stationary-not-separated", step: 0 });
  });

  test("a network that was separated and then dies is stationary too", () => {
    const kills: Optimizer = {
      ...reluByHand.optimizer,
      bind: ({ theta }) => ({
        aim: () => {},
        move: () => {
          theta.view.fill(0);
          return 1;
        },
      }),
    };
    const { points, outcome } = collect({ ...reluByHand, optimizer: kills, stop: { logRiskBelow: -100 } }, host);
    expect(points[0]!.separationStep).toBe(0);
    expect(outcome).toEqual({ kind: "stationary-not-separated", step: 1 });
  });

  test("the watched soft margin counts the fall out of separation, and the first step of a run that starts separated", () => {
    const data = { inputs: Float64Array.of(1, 0.9, 0.9, 1), inputDim: 2, labels: [1, -1] };
    const options = { ...linearByHand, data, init: Float64Array.of(100, -101), step: constant({ size: 20 }), watchSoftMargin: true };
    const training = new Training(options, host);
    const before = training.ownSoftMargin();
    expect(training.logRisk).toBeLessThan(-5);
    training.advance();
    expect(training.logRisk).toBeGreaterThan(0);
    expect(training.point().worstSoftMarginDrop).toBe((before - training.ownSoftMargin()) / before);
    expect(new Training({ ...options, watchSoftMargin: false }, host).point().worstSoftMarginDrop).toBeNaN();
  });

  test("divergence is an outcome that names what stopped being finite, and yields no point of it", () => {
    const unnormalised = steepestDescent({ norm: norms.l2, normalized: false });
    const scores = collect(
      { ...reluByHand, optimizer: unnormalised, step: constant({ size: 1e300 }), init: Float64Array.of(1, 1, 1, -1, 1, 1) },
      host,
    );
    expect(scores.outcome).toMatchObject({ kind: "diverged", what: "scores" });
    const length = collect({ ...linearByHand, optimizer: unnormalised, init: Float64Array.of(-800, 1) }, host);
    expect(length.outcome).toEqual({ kind: "diverged", step: 1, what: "stepLength" });
    for (const { points } of [scores, length]) for (const { logRisk } of points) expect(logRisk).not.toBeNaN();
  });

  test("after a divergence nothing that is asked for is an earlier step's", () => {
    const unnormalised = steepestDescent({ norm: norms.l2, normalized: false });
    const leaps: LabelledOptions[] = [
      { ...reluByHand, optimizer: unnormalised, step: constant({ size: 1e300 }), init: Float64Array.of(1, 1, 1, -1, 1, 1) },
      { ...linearByHand, optimizer: unnormalised, init: Float64Array.of(-800, 1) },
    ];
    for (const options of leaps) {
      const training = new Training({ ...options, testData: options.data }, host);
      training.advance();
      expect(training.outcome?.kind).toBe("diverged");
      for (const values of [training.gradient(), training.weights()]) expect(values.every(Number.isNaN)).toBe(true);
      const { labels } = options.data;
      expect(training.sampleMargins()).toEqual(training.scores().map((score, i) => score * labels[i]!));
      expect(training.sampleMargins().every(Number.isFinite)).toBe(false);
      const { logRisk, minMargin, alignment, margin, softMargin } = training.point();
      for (const value of [logRisk, minMargin, alignment, margin.l2, softMargin.l2]) expect(value).toBeNaN();
      expect(training.kktResidual(norms.l2)).toMatchObject({ stationarity: Number.NaN, tangentMarginRatio: Number.NaN });
    }
  });

  test("the mean reduction moves step sizes by the number of samples and nothing else", () => {
    const optimizer = steepestDescent({ norm: norms.l2, normalized: false });
    const sum = new Training({ ...linearByHand, optimizer, step: constant({ size: 0.5 }) }, host);
    const mean = new Training({ ...linearByHand, optimizer, step: constant({ size: 1 }), loss: meanReduction(losses.exponential) }, host);
    expect(mean.point()).toEqual(sum.point());
    sum.advance();
    mean.advance();
    mean.parameters().forEach((theta, i) => {
      expect(theta).toBeCloseTo(sum.parameters()[i]!, 14);
    });
  });

  test("frozen layers never move and count in no norm and no degree", () => {
    const network = mlp({ widths: [10, 6, 1], activation: "relu", frozenLayers: [1] });
    const training = new Training({ ...teacherStudent, network, step: constant({ size: 0.01 }) }, host);
    const before = training.parameters();
    for (let t = 0; t < 20; t++) training.advance();
    const after = training.parameters();
    expect(after.subarray(60)).toEqual(before.subarray(60));
    expect(after.subarray(0, 60)).not.toEqual(before.subarray(0, 60));
    const { norm, margin, minMargin } = training.point();
    const largest = after.subarray(0, 60).reduce((most, theta) => Math.max(most, Math.abs(theta)), 0);
    expect(norm.linf).toBe(largest);
    expect(margin.linf).toBe(minMargin / largest);
    expect(training.gradient()).toHaveLength(60);
  });

  test("a frozen first layer keeps its place in the parameters", () => {
    const network = mlp({ widths: [10, 6, 1], activation: "relu", frozenLayers: [0] });
    const init = Float64Array.from({ length: 66 }, (_, i) => Math.sin(i + 1));
    const training = new Training({ ...teacherStudent, network, init, step: constant({ size: 0.01 }) }, host);
    expect(training.parameters()).toEqual(init);
    training.advance();
    expect(training.parameters().subarray(0, 60)).toEqual(init.subarray(0, 60));
    expect(training.parameters().subarray(60)).not.toEqual(init.subarray(60));
  });

  test("input columns that are zero in every sample change no other parameter by a bit, and theirs count in the norms", () => {
    const data = teacherStudentData(0);
    const padded = { ...data, inputDim: 13, inputs: pad(data.inputs, 10, 13, 0) };
    const plain = new Training({ ...teacherStudent, testData: data, init: weights(10, 0) }, host);
    const wide = new Training(
      {
        ...teacherStudent,
        network: mlp({ widths: [13, 50, 1], activation: "relu" }),
        data: padded,
        testData: padded,
        init: weights(13, 0.5),
      },
      host,
    );
    for (let t = 0; t < 50; t++) {
      expect(wide.scores()).toEqual(plain.scores());
      plain.advance();
      wide.advance();
    }
    expect(wide.parameters().subarray(0, 13 * 50)).toEqual(pad(plain.parameters().subarray(0, 500), 10, 13, 0.5));
    expect(wide.gradient().subarray(0, 13 * 50)).toEqual(pad(plain.gradient().subarray(0, 500), 10, 13, 0));
    expect(wide.point().testAccuracy).toBe(plain.point().testAccuracy);
    expect(wide.point().norm.l1).toBeCloseTo(plain.point().norm.l1! + 50 * 3 * 0.5, 9);
  });

  test("adam(0, 0, 0) walks the path of sign descent, bit for bit", () => {
    const signs = new Training({ ...teacherStudent, step: constant({ size: 0.01 }) }, host);
    const memoryless = new Training(
      { ...teacherStudent, step: constant({ size: 0.01 }), optimizer: adam({ beta1: 0, beta2: 0, epsilon: 0 }) },
      host,
    );
    for (let t = 0; t < 60; t++) {
      signs.advance();
      memoryless.advance();
    }
    expect(memoryless.parameters()).toEqual(signs.parameters());
  });
});

/** Rows of `width` entries, each padded with copies of `value` to `padded` entries. */
function pad(rows: Float64Array, width: number, padded: number, value: number): Float64Array {
  const out = new Float64Array((rows.length / width) * padded).fill(value);
  for (let i = 0; i * width < rows.length; i++) out.set(rows.subarray(i * width, (i + 1) * width), i * padded);
  return out;
}

function weights(inputDim: number, padding: number): Float64Array {
  const first = Float64Array.from({ length: 500 }, (_, i) => 0.1 * Math.sin(3 * i + 1));
  const last = Float64Array.from({ length: 50 }, (_, i) => 0.1 * Math.cos(5 * i));
  return Float64Array.of(...pad(first, 10, inputDim, padding), ...last);
}

test.each([
  ["sign descent, margin-paced", teacherStudent],
  [
    "gradient descent",
    { ...teacherStudent, optimizer: steepestDescent({ norm: norms.l2, normalized: false }), step: constant({ size: 0.1 }) },
  ],
  [
    "coordinate descent",
    { ...teacherStudent, optimizer: steepestDescent({ norm: norms.l1, normalized: true }), step: constant({ size: 0.02 }) },
  ],
  [
    "adam on a three-layer network",
    {
      ...teacherStudent,
      network: mlp({ widths: [10, 12, 7, 1], activation: { reluPower: 1.5 } }),
      optimizer: adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }),
      step: constant({ size: 0.01 }),
      init: { law: "uniformFanIn", scale: 1 },
    },
  ],
] as [string, TrainOptions][])("%s: every point is the same bits from the binary and the twin", (_name, options) => {
  const [binary, twin] = hosts.map((host) => collect(options, host, [149]));
  expect(binary!.points.length).toBeGreaterThan(10);
  expect(binary).toStrictEqual(twin);
});
