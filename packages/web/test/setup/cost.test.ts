import type { OptimizerChoice } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { optimizerStarts } from "../../src/setup/choices.js";
import { costOf, durationText } from "../../src/setup/cost.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import type { ArmSetup, RaceSetup } from "../../src/setup/raceSetup.js";

const [gradient, sign] = defaultSetup.arms as [ArmSetup, ArmSetup];
const spectral: ArmSetup = { ...gradient, optimizer: { kind: "steepest", norm: "spectral", normalized: true } };
const unnormalised = (norm: "spectral") => ({ kind: "steepest", norm, normalized: false }) as const;
const setup: RaceSetup = { ...defaultSetup, width: 10, depth: 1, arms: [gradient, sign] };
const mnist = { kind: "mnistPair", digits: [3, 6], trainSize: 100 } as const;

describe("the weights of the network", () => {
  test.each<[string, Partial<RaceSetup>, number]>([
    ["3 inputs, 10 units", {}, 3 * 10 + 10],
    ["2 inputs without the constant", { data: { kind: "xor", trainSize: 8, noise: 0, constant: 0 } }, 2 * 10 + 10],
    ["two hidden layers", { depth: 2 }, 3 * 10 + 10 * 10 + 10],
    ["the linear model", { depth: 0 }, 3],
    ["a bias in the first layer", { depth: 2, bias: true }, 3 * 10 + 10 + 10 * 10 + 10],
    ["the linear model with a bias", { depth: 0, bias: true }, 3 + 1],
    ["biases in every hidden layer", { depth: 2, bias: "every" }, 3 * 10 + 10 + 10 * 10 + 10 + 10],
    ["convolutions", { data: mnist, depth: 2, width: 8, filter: 5 }, 8 * 25 + 8 * 8 * 25 + 8 * 4 * 4],
    ["images", { data: mnist, width: 128 }, 784 * 128 + 128],
    ["pooled images", { data: { ...mnist, pool: 4 }, width: 128 }, 49 * 128 + 128],
    ["points of 4 coordinates and a constant", { data: { kind: "points", inputs: [[1, 2, 3, 4]], labels: [1], constant: 1 } }, 5 * 10 + 10],
    ["points without a constant", { data: { kind: "points", inputs: [[1, 2, 3, 4]], labels: [1], constant: 0 } }, 4 * 10 + 10],
    [
      "a teacher",
      {
        data: {
          kind: "teacherStudent",
          inputDim: 128,
          teacherWidth: 4,
          nonzerosPerNeuron: 3,
          minTeacherScore: 0,
          trainSize: 50,
          testSize: 9,
        },
      },
      128 * 10 + 10,
    ],
  ])("%s", (_, change, parameters) => {
    expect(costOf({ ...setup, ...change })!.parameters).toBe(parameters);
  });
});

describe("the work of a step", () => {
  test("is three passes of every sample and weight", () => {
    expect(costOf(setup)!.perStep).toBe(3 * 60 * 40);
    expect(costOf({ ...setup, data: { kind: "points", inputs: [[1], [2]], labels: [-1, 1], constant: 0 } })!.perStep).toBe(3 * 2 * 20);
  });

  test("counts the places of a filter", () => {
    const cnn = { ...setup, data: mnist, depth: 2, width: 8, filter: 5 };
    const { perStep, seconds } = costOf(cnn)!;
    expect(perStep).toBe(3 * 100 * (8 * 25 * 24 * 24 + 8 * 8 * 25 * 8 * 8 + 8 * 4 * 4));
    const dense = { ...setup, data: mnist, steps: cnn.steps, width: Math.round(perStep / (3 * 100 * 785)) };
    expect(seconds / costOf(dense)!.seconds).toBeGreaterThan(2); // filters take longer: 7.6e9 multiply-adds a second where dense layers make 19e9
  });

  test("has the singular values in it where the norm needs them", () => {
    expect(costOf({ ...setup, arms: [gradient, spectral] })!.perStep).toBe(3 * 60 * 40 + 30 * (3 * 10 * 3 + 10 * 1));
  });

  test.each<[string, OptimizerChoice, number]>([
    [
      "an expression with a spectral norm",
      { kind: "steepest", norm: { max: ["linf", "spectral"] }, normalized: true },
      30 * 784 * 128 ** 2,
    ],
    ["momentum in the nuclear norm", { kind: "momentum", norm: "nuclear", momentum: 0.9, nesterov: false }, 30 * 784 * 128 ** 2],
    ["a hybrid of Muon", optimizerStarts.muonSignum, 30 * 784 * 128 ** 2],
    [
      "Newton-Schulz",
      { kind: "muon", momentum: 0.9, nesterov: true, orthogonalization: "newtonSchulz", scale: "spectral" },
      15 * 784 * 128 ** 2,
    ],
    ["roots of accumulated factors", optimizerStarts.shampoo, 30 * (784 ** 3 + 2 * 128 ** 3)],
    [
      "rescaled spectral descent",
      { kind: "progressiveRescaling", optimizer: unnormalised("spectral"), period: 9, growth: 2 },
      30 * 784 * 128 ** 2,
    ],
    ["Adam", optimizerStarts.adam, 0],
    ["sign descent with momentum", optimizerStarts.signum, 0],
  ])("of images has the decompositions of %s in it", (_, optimizer, work) => {
    const images = { ...setup, data: mnist, width: 128, arms: [gradient, { optimizer, step: gradient.step }] };
    const least = 3 * 100 * (784 * 128 + 128) + work;
    const { perStep } = costOf(images)!;
    expect(perStep).toBeGreaterThanOrEqual(least);
    expect(perStep).toBeLessThan(1.01 * least); // with the last layer's row
  });

  test("grows with steps and arms; what is recorded costs its singular values", () => {
    const { seconds } = costOf(setup)!;
    expect(costOf({ ...setup, steps: 10 * setup.steps })!.seconds / seconds).toBeCloseTo(10, 2);
    expect(costOf({ ...setup, arms: [gradient, sign, gradient, sign] })!.seconds).toBeCloseTo(2 * seconds, 12);
    const wide = { ...setup, width: 512, depth: 3 };
    const [ten, hundred] = [10, 100].map((steps) => costOf({ ...wide, steps })!.seconds);
    expect(ten).toBeGreaterThan(10); // 19 s where a busy machine was measured
    expect(hundred! / ten!).toBeLessThan(5);
    expect(costOf(wide)!.warning).toMatch(/^Measuring a recorded step takes about 1 s/);
  });

  test("is warned of where one step takes long, and only there", () => {
    expect(costOf(setup)!.warning).toBeUndefined();
    expect(costOf({ ...setup, data: mnist, width: 128 })!.warning).toBeUndefined();
    expect(costOf({ ...setup, data: mnist, width: 2048, depth: 3 })!.warning).toMatch(/^One step takes about \d+ ms/);
  });

  test("of a file is unknown until it is there", () => {
    expect(costOf({ ...setup, data: { kind: "dropped", name: "a", sha256: "0".repeat(64) } })).toBeUndefined();
  });
});

test.each([
  [0.4, "under a second"],
  [1, "about 1 s"],
  [89, "about 89 s"],
  [90, "about 2 min"],
  [240, "about 4 min"],
  [5400, "about 2 h"],
  [36_000, "about 10 h"],
])("%d s is %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
