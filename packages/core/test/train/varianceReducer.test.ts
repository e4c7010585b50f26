import { describe, expect, test } from "vitest";
import {
  adam,
  type BatchRule,
  constant,
  DefinitionError,
  drawNormal,
  type LabelledData,
  linear,
  lossBased,
  losses,
  marginPaced,
  meanReduction,
  norms,
  type Optimizer,
  powerLaw,
  type StepRule,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import golden from "../golden/svrg_trajectories.json" with { type: "json" };
import { flat, goldenLoss, goldenNetwork, goldenSamples } from "../support/goldenNetwork.js";
import { hosts } from "../support/hosts.js";
import { largestDifference, largestEntry } from "../support/largestDifference.js";
import { type Refusal, testRefusals, untyped } from "../support/refusal.js";
import { batchBase as base, teacherStudentData } from "../support/teacherStudent.js";

const gradientDescent = steepestDescent({ norm: norms.l2, normalized: false });
const sign = steepestDescent({ norm: norms.linf, normalized: true });

interface Hyper {
  readonly lr: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly eps?: number;
}

const optimizers: Readonly<Record<string, (hyper: Hyper) => Optimizer>> = {
  gd: () => gradientDescent,
  sign_descent: () => sign,
  normalized_gd: () => steepestDescent({ norm: norms.l2, normalized: true }),
  adam: ({ beta1, beta2, eps }) => adam({ beta1: beta1!, beta2: beta2!, epsilon: eps! }),
};

function after(steps: number, options: TrainOptions, { kernels }: (typeof hosts)[number]): Training {
  const training = new Training(options, { kernels });
  for (let t = 0; t < steps; t++) training.advance();
  return training;
}

describe.each(hosts)("variance-reduced gradients on the $host", (host) => {
  // made by golden/svrg_trajectories.py with numpy 1.24 and mpmath 1.2.1
  test.each(golden.trajectories)("$optimizer on the $problem model, $loss, $reduction, batches of $size, anchors every $every", (run) => {
    const problem = golden.problems[run.problem as keyof typeof golden.problems];
    const options: TrainOptions = {
      network: goldenNetwork(problem.arch),
      data: goldenSamples(problem),
      loss: goldenLoss(run),
      optimizer: optimizers[run.optimizer]!(run.hyper as Hyper),
      step: constant({ size: run.hyper.lr }),
      init: flat(problem.params0),
      seed: 0,
      track: [],
      batch: { size: run.size, order: "cyclic", varianceReduced: { every: run.every } },
    };
    const training = new Training(options, host);
    for (const expected of run.log_risk) {
      const { logRisk } = training.point(); // `training.logRisk` is that of the last epoch's end
      expect(Math.abs(logRisk - expected)).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(expected)));
      if (training.step < run.log_risk.length - 1) training.advance();
    }
    const end = flat(run.end);
    expect(largestDifference(training.parameters(), end)).toBeLessThanOrEqual(1e-11 * Math.max(1, largestEntry(end)));
  });

  const settings: readonly (readonly [string, Optimizer, StepRule])[] = [
    ["gradient descent", base.optimizer, base.step],
    ["loss-based gradient descent", base.optimizer, lossBased({ size: 0.05, rollback: false })],
    ["margin-paced sign descent", sign, marginPaced({ c: 1 })],
    ["adam", adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }), constant({ size: 0.01 })],
  ];

  test.each(settings)("%s: a batch of all samples is the full batch, bit for bit, however old the anchor is", (_name, optimizer, step) => {
    for (const loss of [losses.logistic, meanReduction(losses.logistic)]) {
      const options = { ...base, optimizer, step, loss };
      const whole = after(40, options, host);
      for (const every of [1, 3, 40]) {
        const batch: BatchRule = { size: 50, order: "shuffled", varianceReduced: { every } };
        expect(after(40, { ...options, batch }, host).parameters()).toEqual(whole.parameters());
      }
    }
  });

  test("the period is an epoch where nothing is said", () => {
    const batch: BatchRule = { size: 8, order: "shuffled" }; // seven steps
    const end = (varianceReduced: NonNullable<BatchRule["varianceReduced"]>) =>
      after(30, { ...base, batch: { ...batch, varianceReduced } }, host).parameters();
    expect(end({})).toEqual(end({ every: 7 }));
    expect(end({})).not.toEqual(end({ every: 6 }));
    expect(end({})).not.toEqual(after(30, { ...base, batch }, host).parameters());
  });

  test("the step at a new anchor is that of all samples, whatever the batch", () => {
    const whole = after(1, base, host).parameters();
    for (const size of [1, 7, 30]) {
      const batch: BatchRule = { size, order: "shuffled", varianceReduced: {} };
      expect(largestDifference(after(1, { ...base, batch }, host).parameters(), whole)).toBeLessThan(1e-15); // 0.02 ghat, which is of size 1
      const stepwise = after(9, { ...base, batch: { ...batch, varianceReduced: { every: 1 } } }, host).parameters();
      expect(largestDifference(stepwise, after(9, base, host).parameters())).toBeLessThan(1e-13);
    }
  });

  test("looking within an epoch changes no bit", () => {
    const options: TrainOptions = { ...base, batch: { size: 8, order: "shuffled", varianceReduced: { every: 5 } } };
    const seen = new Training(options, host);
    for (let t = 0; t < 40; t++) {
      seen.advance();
      seen.point();
      seen.gradient();
    }
    expect(seen.parameters()).toEqual(after(40, options, host).parameters());
  });

  test("input columns that are zero everywhere and frozen weights are left alone", () => {
    const data = teacherStudentData(0);
    const wide = Float64Array.from({ length: 50 * 12 }, (_, k) => (k % 12 < 10 ? data.inputs[Math.floor(k / 12) * 10 + (k % 12)]! : 0));
    const batch: BatchRule = { size: 8, order: "shuffled", varianceReduced: {} };
    const network = goldenNetwork({ sizes: [12, 5, 1], activation: "relu" });
    const training = new Training({ ...base, network, data: { ...data, inputs: wide, inputDim: 12 }, batch }, host);
    const before = training.parameters();
    for (let t = 0; t < 20; t++) training.advance();
    const moved = training.parameters().map((value, i) => (value === before[i] ? 0 : 1));
    for (let row = 0; row < 5; row++) expect([...moved.subarray(12 * row + 10, 12 * row + 12)]).toEqual([0, 0]);
    expect(moved.reduce((sum, one) => sum + one)).toBeGreaterThan(40);
  });

  test("a batch whose squared risk is 0 has a gradient of 0", () => {
    // <w, x> with w = (1, 2): residuals 0, 0 and -1; the first batch is that of the first two samples
    const options: TrainOptions = {
      ...base,
      network: goldenNetwork({ sizes: [2, 1], activation: "identity" }),
      data: { inputs: Float64Array.of(1, 0, 0, 1, 1, 1), inputDim: 2, targets: Float64Array.of(1, 2, 4), outputs: 1 },
      loss: losses.squared,
      init: Float64Array.of(1, 2),
      step: constant({ size: 0.125 }),
      batch: { size: 2, order: "cyclic", varianceReduced: {} },
    };
    const training = after(1, options, host);
    expect([...training.parameters()]).toEqual([1.125, 2.125]); // w + 0.125 (1, 1): the gradient at the anchor alone
    training.advance(); // residual -0.75 of the third sample: 3 (-0.75 + 1) - 1 = -0.25
    expect([...training.parameters()]).toEqual([1.15625, 2.15625]);
  });
});

/** Forty samples N(0, I) in eight dimensions, labelled by a linear teacher, none within 0.5 of its boundary. */
function linearlyLabelled(): LabelledData {
  const [n, inputDim] = [40, 8];
  const pool = drawNormal(hosts[0]!.kernels, { seed: 0, stream: 77, count: 10 * n * inputDim });
  const teacher = drawNormal(hosts[0]!.kernels, { seed: 0, stream: 78, count: inputDim });
  const [inputs, labels] = [[] as number[], [] as number[]];
  for (let at = 0; labels.length < n; at += inputDim) {
    const x = pool.subarray(at, at + inputDim);
    const score = x.reduce((sum, value, k) => sum + value * teacher[k]!, 0);
    if (Math.abs(score) < 0.5) continue;
    inputs.push(...x);
    labels.push(Math.sign(score));
  }
  return { inputs: Float64Array.from(inputs), inputDim, labels };
}

describe("normalised steepest descent on a linear model, a sample per step", () => {
  // Li, Tang & Zou, arXiv:2602.11557: batches change the limit of steepest descent, variance-reduced gradients of any batch size restore it
  test.each([norms.linf, norms.l2, norms.l1])("$id: variance-reduced gradients restore the margin of the full batch", (norm) => {
    const [data, epochs] = [linearlyLabelled(), 500];
    const margin = (batch: BatchRule | undefined): number => {
      const perEpoch = batch ? 40 / batch.size : 1;
      const options: TrainOptions = {
        network: linear({ inputDim: 8 }),
        data,
        loss: losses.exponential,
        optimizer: steepestDescent({ norm, normalized: true }),
        step: powerLaw({ size: 0.3 / Math.sqrt(perEpoch), exponent: 0.5 }), // equal lengths per epoch
        init: new Float64Array(8),
        seed: 1,
        track: [],
        ...(batch && { batch }),
      };
      return after(epochs * perEpoch, options, hosts[0]!).point().margin[norm.id]!;
    };
    const whole = margin(undefined);
    expect(whole).toBeGreaterThan(0);
    expect(margin({ size: 1, order: "shuffled" })).toBeLessThan(0); // steps of one length for every sample do not even separate
    for (const [size, order] of [
      [1, "shuffled"],
      [5, "withReplacement"],
    ] as const) {
      const restored = margin({ size, order, varianceReduced: {} });
      expect(Math.abs(restored / whole - 1), `${order}, ${size}`).toBeLessThan(0.03); // the largest that was seen is 0.022, in linf
    }
  });
});

const batched = (batch: unknown) => () => new Training({ ...base, batch: untyped(batch) }, hosts[0]!);
const reduced = (varianceReduced: unknown) => batched({ size: 8, order: "shuffled", varianceReduced });

testRefusals([
  [
    "fresh samples",
    batched({ fresh: 50, samples: () => base.data, varianceReduced: {} }),
    DefinitionError,
    "fresh samples have no gradient of all samples",
    "batch.varianceReduced",
  ],
  ...[0, 1.5, Number.NaN, "3"].map(
    (every): Refusal => [`every: ${every}`, reduced({ every }), DefinitionError, "must be an integer >= 1", "batch.varianceReduced.every"],
  ),
  ["a misspelt key", reduced({ evry: 3 }), DefinitionError, 'unknown option "evry"', "batch.varianceReduced.evry"],
  ["a flag", reduced(true), DefinitionError, "batch.varianceReduced", "batch.varianceReduced"],
]);
