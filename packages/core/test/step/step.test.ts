import { describe, expect, test } from "vitest";
import {
  constant,
  DefinitionError,
  lossBased,
  losses,
  marginPaced,
  mlp,
  norms,
  powerLaw,
  type StepContext,
  steepestDescent,
  Training,
  warmUp,
} from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { student, teacherStudentData } from "../support/teacherStudent.js";

describe.each(hosts)("step rules on the $host", ({ kernels }) => {
  const at = (step: number): StepContext => ({
    kernels: kernels(0),
    step,
    logRisk: -40,
    logRiskOfSum: -40,
    separated: true,
    degree: 2,
    normOfTheta: () => 16,
    normOfMoving: () => 12,
    dualNormOfGhat: () => 4,
    maxSampleGradient: () => 8,
  });

  test("constant: the size, at every step", () => {
    expect([0, 7].map((step) => constant({ size: 0.3 }).start().size(at(step)))).toEqual([0, 7].map(() => ({ size: 0.3, logScale: 0 })));
  });

  test("power law: size (t + 1)^-exponent, so the first step is the size itself", () => {
    const rule = powerLaw({ size: 0.3, exponent: 0.5 });
    expect(rule.start().size(at(0))).toEqual({ size: 0.3, logScale: 0 });
    expect(rule.start().size(at(3)).size).toBeCloseTo(0.15, 15);
    expect(rule.start().size(at(99)).size).toBeCloseTo(0.03, 15);
    expect(powerLaw({ size: 0.3, exponent: 0 }).start().size(at(99)).size).toBe(0.3);
  });

  test("loss-based: size / R as a logarithm, since R itself may be 0 in binary64", () => {
    expect(lossBased({ size: 0.3, rollback: false }).start().size(at(0))).toEqual({ size: 0.3, logScale: 40 });
  });

  test("margin-paced: c over the largest dual norm of a sample gradient", () => {
    expect(marginPaced({ c: 2 }).start().size(at(5))).toEqual({ size: 0.25, logScale: 0 });
  });

  test("margin-paced: at most c ||θ|| / (L - 1), so that gradients stay what they are", () => {
    const rule = marginPaced({ c: 2 }).start();
    const small = { ...at(5), logRiskOfSum: 3, maxSampleGradient: () => 1e-9 };
    expect(rule.size(small)).toEqual({ size: 2 * 12, logScale: 0 });
    expect(rule.size({ ...small, degree: 5 })).toEqual({ size: (2 * 12) / 4, logScale: 0 });
    expect(rule.size({ ...small, degree: 1 })).toEqual({ size: 2 / 1e-9, logScale: 0 }); // linear models: Hölder's bound is all
    expect(rule.size({ ...small, maxSampleGradient: () => 0 })).toEqual({ size: Infinity, logScale: 0 }); // nothing to follow
    const normOfMoving = (): number => {
      throw new Error("it cannot bind any more, and singular values are dear");
    };
    expect(rule.size({ ...small, logRiskOfSum: -3, normOfMoving })).toEqual({ size: 2 / 1e-9, logScale: 0 });
  });

  test.each([
    ["l2", 3, 0.01],
    ["l2", 4, 0.01],
    ["linf", 3, 0.01],
    ["linf", 4, 0.1],
    ["spectral", 3, 0.01],
    ["spectral", 4, 0.1],
  ] as const)("margin-paced descent in %s leaves a small start of degree %i, scale %f, without a leap", (id, degree, scale) => {
    const network = mlp({ widths: [10, ...Array.from({ length: degree - 1 }, () => 12), 1], activation: "relu" });
    const options = {
      network,
      data: teacherStudentData(1),
      init: { law: "uniformFanIn", scale } as const,
      seed: 1,
      loss: losses.exponential,
    };
    const optimizer = steepestDescent({ norm: norms[id], normalized: true, ...(id === "linf" && { smoothing: "none" as const }) });
    const training = new Training({ ...options, optimizer, step: marginPaced({ c: 0.25 }) }, { kernels });
    let before = training.sampleMargins();
    let largest = 0;
    for (let t = 0; t < 100; t++) {
      training.advance();
      const after = training.sampleMargins();
      largest = Math.max(largest, ...after.map((q, i) => Math.abs(q - before[i]!)));
      before = after;
    }
    expect(largest).toBeGreaterThan(0.1); // it has left
    expect(largest).toBeLessThan(0.5); // twice c: gradients grow by about a share c along θ, and turn
  });

  test.each(["l2", "linf", "spectral"] as const)("margin-paced descent in %s does not see inputs that are zero in every sample", (id) => {
    const trained = (idle: number): readonly number[] => {
      const { inputs, labels, inputDim } = teacherStudentData(1);
      const width = inputDim + idle;
      const padded = new Float64Array(labels.length * width);
      for (let i = 0; i < labels.length; i++) padded.set(inputs.slice(i * inputDim, (i + 1) * inputDim), i * width);
      const weights = Float64Array.from({ length: 8 * width + 8 }, (_, k) => {
        const [row, column] = [Math.floor(k / width), k % width];
        return 0.01 * Math.sin(k < 8 * width && column < inputDim ? row * inputDim + column + 1 : 7 * k + 3);
      });
      for (let k = 0; k < 8; k++) weights[8 * width + k] = 0.01 * Math.cos(k);
      const training = new Training(
        {
          network: mlp({ widths: [width, 8, 1], activation: "relu" }),
          data: { inputs: padded, labels, inputDim: width },
          loss: losses.exponential,
          optimizer: steepestDescent({ norm: norms[id], normalized: true }),
          step: marginPaced({ c: 0.25 }),
          init: weights,
          seed: 0,
        },
        { kernels },
      );
      for (let t = 0; t < 30; t++) training.advance();
      return [...training.sampleMargins()];
    };
    const plain = trained(0);
    trained(40).forEach((q, i) => {
      expect(q).toBeCloseTo(plain[i]!, 12);
    });
  });

  test("margin-paced by the bound: c ||θ|| / (L max(1, -log R))", () => {
    const rule = marginPaced({ c: 0.1, gradients: "bound" }).start();
    expect(rule.size(at(5))).toEqual({ size: (0.1 * 16) / (2 * 40), logScale: 0 });
    for (const logRiskOfSum of [3, 0, -0.5]) expect(rule.size({ ...at(5), logRiskOfSum })).toEqual({ size: (0.1 * 16) / 2, logScale: 0 });
  });

  test("the bound is at least the exact step once log R < -1, whatever the norm, since max ||∇f||_* >= L q / ||θ|| by Euler", () => {
    const [exact, bound] = [marginPaced({ c: 0.1 }).start(), marginPaced({ c: 0.1, gradients: "bound" }).start()];
    for (const norm of [norms.l2, norms.linf, norms.spectral, norms.rowMax]) {
      const ratios: number[] = [];
      const step = {
        ...constant({ size: 1 }),
        start: () => ({
          size: (context: StepContext) => {
            const size = exact.size(context);
            if (context.logRisk < -1) ratios.push(bound.size(context).size / size.size);
            return size.size > 0 ? { ...size, size: 10 * size.size } : size; // c = 1
          },
        }),
      };
      const optimizer = steepestDescent({ norm, normalized: true });
      const options = { network: student, data: teacherStudentData(1), init: { law: "normalFanIn", scale: 0.3 } as const, seed: 1 };
      const training = new Training({ ...options, loss: losses.exponential, optimizer, step }, { kernels });
      for (let t = 0; t < 400 && training.logRisk > -12; t++) training.advance();
      expect(ratios.length).toBeGreaterThan(10);
      for (const ratio of ratios) expect(ratio).toBeGreaterThan(1 - 1e-12);
    }
  });

  test("warm-up: size (t + 1) / steps up to the size, then the size", () => {
    const rule = warmUp({ size: 0.5, steps: 4 }).start();
    expect([0, 1, 2, 3, 4, 100].map((step) => rule.size(at(step)).size)).toEqual([0.125, 0.25, 0.375, 0.5, 0.5, 0.5]);
    expect(warmUp({ size: 0.5, steps: 1 }).start().size(at(0)).size).toBe(0.5);
  });

  test("every start is a control of its own: nothing learnt in one run is known in another", () => {
    const rule = lossBased({ size: 0.3, rollback: true });
    const judged = (logRisk: number) => ({ logRisk, separated: true, softMargin: () => 1 });
    const first = rule.start();
    expect(first.accepts!(judged(0), judged(-1))).toBe(true);
    expect(first.size(at(0)).size).toBeCloseTo(0.3 * 2 ** 0.2, 15);
    expect(rule.start().size(at(0)).size).toBe(0.3);
  });
});

test.each([0.11, 1, Infinity])("margin-paced by the bound refuses c = %s", (c) => {
  expect(() => marginPaced({ c, gradients: "bound" })).toThrow(DefinitionError);
  expect(() => marginPaced({ c: 0.1, gradients: "bound" })).not.toThrow();
  if (c < Infinity)
    expect(() => marginPaced({ c, gradients: "bound" })).toThrow(`step.c: must be at most 0.1 with gradients: "bound", got ${c}`);
});
