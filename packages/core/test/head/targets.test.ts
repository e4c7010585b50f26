import { describe, expect, test } from "vitest";
import {
  adam,
  constant,
  type DefinitionError,
  drawNormal,
  drive,
  EndedTraining,
  linear,
  lineSearch,
  lossBased,
  losses,
  meanReduction,
  mlp,
  norms,
  steepestDescent,
  type TargetData,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { linearByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { largestDifference, largestEntry } from "../support/largestDifference.js";
import { threeClasses } from "../support/severalClasses.js";

const gradientDescent = steepestDescent({ norm: norms.l2, normalized: false });

describe.each(hosts)("targets on the $host", (host) => {
  const start = (options: TrainOptions): Training => new Training(options, host);
  const drawn = (stream: number, count: number): Float64Array => drawNormal(host.kernels, { seed: 1, stream, count });
  const [n, inputDim, outputs] = [7, 3, 2];
  const data: TargetData = { inputs: drawn(905, n * inputDim), inputDim, targets: drawn(906, n * outputs), outputs };
  const base: TrainOptions = {
    network: linear({ inputDim, outputs }),
    data,
    loss: losses.squared,
    optimizer: gradientDescent,
    step: constant({ size: 0.05 }),
    init: { law: "normalFanIn", scale: 1 },
    seed: 2,
  };

  /** R = ½ Σ |Wx - t|² and its gradient, in plain JavaScript. */
  const risk = (w: Float64Array) => {
    let total = 0;
    const gradient = new Float64Array(w.length);
    for (let i = 0; i < n; i++) {
      const x = data.inputs.subarray(i * inputDim, (i + 1) * inputDim);
      for (let j = 0; j < outputs; j++) {
        const residual = x.reduce((sum, value, k) => sum + w[j * inputDim + k]! * value, -data.targets[i * outputs + j]!);
        total += residual ** 2 / 2;
        for (let k = 0; k < inputDim; k++) gradient[j * inputDim + k]! += residual * x[k]!;
      }
    }
    return { total, gradient };
  };

  test("gradient descent on a linear model is the recursion by hand, 200 steps", () => {
    const [sum, mean] = [start(base), start({ ...base, loss: meanReduction(losses.squared), step: constant({ size: 0.05 * n }) })];
    const w = sum.parameters();
    for (let t = 0; t < 200; t++) {
      const { total, gradient } = risk(w);
      for (const training of [sum, mean]) {
        expect(Math.abs(training.logRisk - Math.log(total))).toBeLessThanOrEqual(1e-12);
        expect(largestDifference(training.parameters(), w)).toBeLessThanOrEqual(1e-12 * largestEntry(w));
        training.advance();
      }
      gradient.forEach((g, k) => {
        w[k]! -= 0.05 * g;
      });
    }
  });

  test.each([
    ["relu", mlp({ widths: [3, 5, 2], activation: "relu" }), data],
    ["squared relu", mlp({ widths: [3, 5, 2], activation: { reluPower: 2 } }), data],
    ["labels -1 and +1", linear({ inputDim: 2 }), linearByHand.data],
    ["three classes", mlp({ widths: [4, 6, 3], activation: "relu" }), threeClasses.data],
  ] as const)("ghat is the derivative of the log risk: %s", (_, network, samples) => {
    const options = { ...base, network, data: samples };
    const training = start(options);
    const [at, gradient, h] = [training.parameters(), training.gradient(), 2 ** -17];
    const logRisk = (k: number, by: number): number =>
      start({ ...options, track: [], init: at.map((w, i) => (i === k ? w + by : w)) }).logRisk;
    for (const k of at.keys()) {
      const slope = (logRisk(k, h) - logRisk(k, -h)) / (2 * h);
      expect(Math.abs(slope - gradient[k]!)).toBeLessThanOrEqual(1e-8 * Math.max(1, largestEntry(gradient)));
    }
  });

  test("labels are regressed on as -1 and +1, classes as one-hot vectors, and keep their margins", () => {
    const binary = start({ ...linearByHand, loss: losses.squared }); // scores 3 and -4
    expect(binary.logRisk).toBeCloseTo(Math.log((2 ** 2 + 3 ** 2) / 2), 14);
    expect(binary.point()).toMatchObject({ minMargin: 3, trainAccuracy: 1, margin: { l2: 3 / 5 }, softMargin: { l2: Number.NaN } });
    const classes = { inputs: Float64Array.of(1, 0, 0, 1), inputDim: 2, labels: [1, 0], classes: 3 };
    const init = Float64Array.of(0, 0, 3, 0, 0, -2); // scores (0, 3, 0) for class 1 and (0, 0, -2) for class 0
    const several = start({ ...base, network: linear({ inputDim: 2, outputs: 3 }), data: classes, init });
    expect(several.logRisk).toBeCloseTo(Math.log((2 ** 2 + 1 + 2 ** 2) / 2), 14);
    expect([...several.sampleMargins()]).toEqual([3, 0]);
    expect(several.point().trainAccuracy).toBe(0.5);
  });

  test("what has no meaning without margins is NaN, and nothing warns of it", () => {
    const network = mlp({ widths: [3, 8, 2], activation: "relu" });
    const options = { ...base, network, optimizer: adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }), testData: data, stop: { steps: 300 } };
    const training = start(options);
    for (const event of drive(training, { perDecade: 4 }, host)) {
      expect(event.kind).not.toBe("warning");
      if (event.kind !== "point") continue;
      const { logRisk, minMargin, trainAccuracy, testAccuracy, margin, softMargin, health, supportCount } = event.point;
      expect(logRisk).toBeLessThan(5);
      for (const value of [minMargin, trainAccuracy, testAccuracy, margin.l2, softMargin.l2, health.marginChange, health.softMarginFall])
        expect(value).toBeNaN();
      expect([supportCount, health.deadSamples]).toEqual([0, 0]);
      expect(event.point).toMatchObject({ perfectAccuracyStep: undefined, separationStep: undefined });
    }
    expect(training.outcome).toEqual({ kind: "finished", step: 300, reason: "steps" });
    expect(new EndedTraining(training, options, host).point()).toEqual(training.point());
  });

  test("a risk of 0 ends the run as finished", () => {
    const exact = { ...base, data: { inputs: Float64Array.of(1, 0, 0, 1), inputDim: 2, targets: Float64Array.of(1, 2, 3, 4), outputs: 2 } };
    const network = linear({ inputDim: 2, outputs: 2 });
    const solved = start({ ...exact, network, init: Float64Array.of(1, 3, 2, 4) });
    expect(solved.outcome).toEqual({ kind: "finished", step: 0, reason: "zeroRisk" });
    expect(solved.logRisk).toBe(Number.NEGATIVE_INFINITY);
    expect([...solved.gradient()]).toEqual([0, 0, 0, 0]);
    const onWay = start({ ...exact, network, init: Float64Array.of(0, 0, 0, 0), step: constant({ size: 1 }) });
    onWay.advance();
    expect(onWay.outcome).toEqual({ kind: "finished", step: 1, reason: "zeroRisk" });
    expect([...onWay.parameters()]).toEqual([1, 3, 2, 4]);
  });

  test("sizes that are divided by the risk are refused: as it vanishes, its gradient falls as its root; with rollback they shrink", () => {
    const options = (rollback: boolean) => ({ ...base, step: lossBased({ size: 0.1, rollback }) });
    expect(() => start(options(false))).toThrow(
      "step.rule: lossBased divides its sizes by the risk, and so they grow without bound as the loss squared vanishes, whose gradient falls as its root",
    );
    const phases = [{ when: { step: 3 }, step: lossBased({ size: 0.1, rollback: false }) }];
    expect(() => start({ ...base, phases })).toThrow("phases[0].step.rule: lossBased divides its sizes by the risk");
    const exact = { inputs: Float64Array.of(1, 0, 0, 1, 1, 1), inputDim: 2, targets: Float64Array.of(1, 2, 3), outputs: 1 };
    const training = start({ ...options(true), network: linear({ inputDim: 2 }), data: exact });
    for (let t = 0; t < 400 && !training.outcome; t++) training.advance();
    expect(training.outcome?.kind).not.toBe("diverged");
    expect(training.logRisk).toBeLessThan(-40);
  });

  test("no hint names step rules that the loss does not bear", () => {
    const hintOf = (check: () => void): string | undefined => {
      try {
        check();
      } catch (error) {
        return (error as DefinitionError).hint;
      }
      return undefined;
    };
    const search = lineSearch({ size: 0.1, sufficientDecrease: 1e-4 });
    const risky = lossBased({ size: 1, rollback: true });
    const unit = steepestDescent({ norm: norms.l2, normalized: true });
    const sizes = "constant, powerLaw, warmUp, cosine or linearDecay sizes";
    expect(hintOf(() => start({ ...base, step: search }))).toBe(
      `set normalized: true (steepest), or use ${sizes}, or lossBased with rollback: true`,
    );
    expect(hintOf(() => start({ ...base, optimizer: unit, step: risky }))).toBe(
      `set normalized: false (steepest), or use ${sizes}, or lineSearch`,
    );
    const [swallowed] = [...drive(start({ ...base, step: constant({ size: 1e-20 }), stop: { steps: 2 } }), { perDecade: 1 }, host)].filter(
      (event) => event.kind === "warning",
    );
    expect(swallowed).toMatchObject({ what: "lostUpdates", advice: "stop earlier or use a larger size" });
  });

  test("line search lowers the risk of a network at every step, in sign descent too", () => {
    const network = mlp({ widths: [3, 6, 2], activation: "relu" });
    for (const norm of [norms.l2, norms.linf]) {
      const optimizer = steepestDescent({ norm, normalized: true });
      const training = start({ ...base, network, optimizer, step: lineSearch({ size: 0.1, sufficientDecrease: 1e-4 }) });
      for (let t = 0; t < 60 && !training.outcome; t++) {
        const before = training.logRisk;
        training.advance();
        expect(training.outcome ? before : training.logRisk).toBeLessThanOrEqual(before);
      }
      expect(training.step).toBeGreaterThan(10);
    }
  });

  test("mini-batches: one of all samples has the bits of the whole, one of a part those of the part alone", () => {
    const [whole, batch] = [start(base), start({ ...base, batch: { size: n, order: "shuffled" } })];
    for (let t = 0; t < 5; t++) for (const training of [whole, batch]) training.advance();
    expect(batch.parameters()).toEqual(whole.parameters());
    const parts = start({ ...base, batch: { size: 4, order: "cyclic" } });
    for (const [first, count] of [
      [0, 4],
      [4, 3],
    ] as const) {
      const part = {
        ...data,
        inputs: data.inputs.slice(first * inputDim, (first + count) * inputDim),
        targets: data.targets.slice(first * outputs, (first + count) * outputs),
      };
      const alone = start({ ...base, data: part, init: parts.parameters() });
      alone.advance();
      parts.advance();
      expect(parts.parameters()).toEqual(alone.parameters());
    }
  });

  test("a sample whose scores of 0 are its targets is not dead; one that nothing can reach is", () => {
    const samples = { inputs: Float64Array.of(1, 0, -1, 0), inputDim: 2, targets: Float64Array.of(2, 0), outputs: 1 };
    const network = mlp({ widths: [2, 1, 1], activation: "relu" });
    const init = Float64Array.of(1, 0, 1); // the second sample does not reach the unit
    expect(start({ ...base, network, data: samples, init }).point().health.deadSamples).toBe(0);
    const out = { ...samples, targets: Float64Array.of(2, 1) };
    expect(start({ ...base, network, data: out, init }).point().health.deadSamples).toBe(1);
  });
});
