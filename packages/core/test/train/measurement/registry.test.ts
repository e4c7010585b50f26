import { describe, expect, test } from "vitest";
import {
  constant,
  drive,
  EndedTraining,
  linear,
  losses,
  type Measurement,
  marginPaced,
  mlp,
  norms,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../../src/index.js";
import { measurements } from "../../../src/train/measurement/registry.js";
import { everyOptimizer } from "../../support/everyOptimizer.js";
import { hosts } from "../../support/hosts.js";
import { samples } from "../../support/samples.js";

const base: TrainOptions = {
  network: mlp({ widths: [4, 5, 1], activation: "relu" }),
  data: samples({ seed: 3, sampleCount: 8, inputDim: 4 }),
  loss: losses.logistic,
  optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
  step: constant({ size: 0.05 }),
  init: { law: "normalFanIn", scale: 0.5 },
  seed: 2,
  track: [norms.linf],
};

describe.each(hosts)("on the $host", ({ kernels }) => {
  const ended = (options: TrainOptions, steps = 30): Training => {
    const training = new Training(options, { kernels });
    for (let i = 0; i < steps; i++) {
      training.advance();
      if (i % 7 === 0) training.point();
    }
    return training;
  };

  test("a run that asks for nothing holds nothing", () => {
    expect(ended(base).point().measured).toEqual({});
    expect(ended({ ...base, measure: [] }).point().measured).toEqual({});
    expect(ended({ ...base, measure: ["eulerDefect", "homogenizedMargin"] }).point().measured).toEqual({});
  });

  test.each(Object.entries(everyOptimizer))("what is measured changes no bit of a run: %s", (_, optimizer) => {
    const options = { ...base, optimizer, step: constant({ size: optimizer.lengthUnit === "unit" ? 0.02 : 0.2 }) };
    for (const batch of [undefined, { size: 3, order: "shuffled" } as const]) {
      const [plain, measured] = [options, { ...options, measure: measurements }].map((one) => ended({ ...one, ...(batch && { batch }) }));
      expect(measured!.parameters()).toEqual(plain!.parameters());
      const { eulerDefect, quasiEulerDefect, homogenizedMargin, measured: numbers, ...others } = measured!.point();
      const { eulerDefect: a, quasiEulerDefect: b, homogenizedMargin: c, measured: none, ...expected } = plain!.point();
      expect(others).toEqual(expected);
      expect(none).toEqual({});
      expect(Object.keys(numbers).length).toBeGreaterThan(20);
    }
  });

  test.each(measurements)("each measurement alone gives the numbers that it gives beside all others: %s", (id) => {
    const [alone, all] = [ended({ ...base, measure: [id] }), ended({ ...base, measure: [...measurements].reverse() })].map(
      (one) => one.point().measured,
    );
    expect(all).toMatchObject(alone!);
  });

  test("a training that has ended keeps them", () => {
    const options = { ...base, measure: measurements, stop: { steps: 10 } };
    const training = new Training(options, { kernels });
    for (const _ of drive(training, { perDecade: 2 }, { kernels }));
    expect(new EndedTraining(training, options, { kernels }).point().measured).toEqual(training.point().measured);
  });

  /** Samples that a plane separates. */
  const separable = (seed: number, sampleCount: number) => {
    const drawn = samples({ seed, sampleCount, inputDim: 4 });
    const inputs = drawn.inputs.map((x, i) => (i % 4 === 0 ? x / 4 + 3 * drawn.labels[Math.floor(i / 4)]! : x / 4));
    return { ...drawn, inputs };
  };
  const reasons: Readonly<Record<string, { readonly options: Partial<TrainOptions>; readonly none: RegExp }>> = {
    "the squared loss": { options: { loss: losses.squared }, none: /^(kkt|sandwich|softMarginGrowth)\.|^effectiveSupportCount$/ },
    "a network that is not homogeneous": {
      options: { network: mlp({ widths: [4, 5, 1], activation: "softplus", homogeneity: "measured" }) },
      none: /^(kkt|softMarginGrowth)\./,
    },
    "mini-batches": { options: { batch: { size: 3, order: "cyclic" } }, none: /^(kkt\.average|softMarginGrowth\.)/ },
    "fresh samples": {
      options: { batch: { fresh: 5, samples: (step) => separable(step + 10, 5) } },
      none: /^(kkt\.average|softMarginGrowth\.)/,
    },
  };

  test.each(Object.entries(reasons))("where theory says nothing the numbers are NaN, and only those: %s", (_, { options, none }) => {
    const data = separable(3, 8);
    const training = ended({ ...base, data, optimizer: everyOptimizer.adamW!, measure: measurements, ...options }, 400);
    const { measured, logRisk, minMargin } = training.point();
    if (!("loss" in options)) expect([minMargin > 0, logRisk < -5]).toEqual([true, true]);
    for (const [name, value] of Object.entries(measured)) expect(Number.isNaN(value), `${name} = ${value}`).toBe(none.test(name));
  });

  test("a run down to a risk of 1e-4000 has every number that theory gives it, at each of its points", () => {
    const inputs = Float64Array.of(2, 1, 1, 3, -1, -1, -3, 0.5);
    const options: TrainOptions = {
      ...base,
      network: linear({ inputDim: 2 }),
      data: { inputs, inputDim: 2, labels: [1, 1, -1, -1] },
      loss: losses.exponential,
      step: marginPaced({ c: 1 }),
      stop: { logRiskBelow: -9211 },
      measure: measurements,
    };
    const training = new Training(options, { kernels });
    let deep = 0;
    for (const event of drive(training, { perDecade: 8 }, { kernels })) {
      if (event.kind !== "point" || event.point.logRisk > -800) continue; // where e^logRisk is 0 in f64
      deep++;
      const { measured, norm, logRisk } = event.point;
      for (const [name, value] of Object.entries(measured))
        expect(Number.isFinite(value), `${name} = ${value}`).toBe(!name.startsWith("frankWolfe"));
      expect(measured["kkt.complementarity.l2"]).toBeLessThanOrEqual(measured["kkt.complementarityBound.l2"]!);
      expect(measured["kkt.complementarityBound.l2"]! / ((4 * norm.l2! ** 2) / (Math.E * logRisk ** 2 * -logRisk))).toBeCloseTo(1, 11);
      expect((measured["sandwich.lower.l2"]! + measured["sandwich.upper.l2"]!) * norm.l2!).toBeCloseTo(Math.log(4), 10);
      expect(measured["kkt.tangentMarginRatio.l2"]).toBeGreaterThan(0.9);
      expect(measured["kkt.averageTangentMarginRatio.l2"]).toBeLessThanOrEqual(1 + 1e-14);
    }
    expect(training.logRisk).toBeLessThan(-9211);
    expect(deep).toBeGreaterThan(5);
  });

  test("before the first step there is no update, no interval and no gradient before", () => {
    const { measured } = new Training({ ...base, measure: measurements }, { kernels }).point();
    for (const [name, value] of Object.entries(measured)) {
      if (/^(update|gradient|speed|softMarginGrowth|direction\.cosine)/.test(name)) expect(value, name).toBeNaN();
    }
    expect(measured["direction.pathLength"]).toBe(0);
  });

  test("after a divergence every point can still be asked for", () => {
    const training = new Training(
      {
        ...base,
        loss: losses.exponential,
        optimizer: steepestDescent({ norm: norms.l2, normalized: false }),
        step: constant({ size: 1e200 }),
        measure: measurements,
      },
      { kernels },
    );
    for (let i = 0; i < 5; i++) training.advance();
    expect(training.outcome?.kind).toBe("diverged");
    expect(training.point().measured["alignment.l2"]).toBeNaN();
  });

  test("after a step that moved nothing the update has no direction", () => {
    const training = new Training(
      { ...base, init: Float64Array.from({ length: 25 }, () => 1e30), measure: ["update", "gradient"] },
      { kernels },
    );
    training.advance();
    expect(training.point().measured["update.alignment.l2"]).toBeNaN();
    expect(training.point().measured["gradient.cosine"]).toBeCloseTo(1, 14);
  });
});

test("a measurement that there is not is refused by name", () => {
  const options: TrainOptions = { ...base, measure: ["kappa" as Measurement] };
  expect(() => new Training(options, { kernels: hosts[1]!.kernels })).toThrow(
    /^measure\[0\]: must be one of eulerDefect, .*, kkt, .*, got "kappa"$/,
  );
});
