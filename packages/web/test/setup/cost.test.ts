import { describe, expect, test } from "vitest";
import { costOf, durationText } from "../../src/setup/cost.js";
import { type ArmSetup, defaultSetup, type RaceSetup } from "../../src/setup/raceSetup.js";

const [gradient, sign] = defaultSetup.arms as [ArmSetup, ArmSetup];
const spectral: ArmSetup = { ...gradient, optimizer: { kind: "steepest", norm: "spectral", normalized: true } };
const setup: RaceSetup = { ...defaultSetup, width: 10, depth: 1, arms: [gradient, sign] };
const mnist = { kind: "mnistPair", digits: [3, 6], trainSize: 100 } as const;

describe("the weights of the network", () => {
  test.each<[string, Partial<RaceSetup>, number]>([
    ["3 inputs, 10 units", {}, 3 * 10 + 10],
    ["2 inputs without the constant", { data: { kind: "xor", trainSize: 8, noise: 0, constant: 0 } }, 2 * 10 + 10],
    ["two hidden layers", { depth: 2 }, 3 * 10 + 10 * 10 + 10],
    ["the linear model", { depth: 0 }, 3],
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

  test("has the singular values in it where the norm needs them", () => {
    expect(costOf({ ...setup, arms: [gradient, spectral] })!.perStep).toBe(3 * 60 * 40 + 30 * (3 * 10 * 3 + 10 * 1));
  });

  test("grows with steps and arms", () => {
    const { seconds } = costOf(setup)!;
    expect(costOf({ ...setup, steps: 2 * setup.steps })!.seconds).toBeCloseTo(2 * seconds, 12);
    expect(costOf({ ...setup, arms: [gradient, sign, gradient, sign] })!.seconds).toBeCloseTo(2 * seconds, 12);
  });

  test("is warned of where one step takes long, and only there", () => {
    expect(costOf(setup)!.warning).toBeUndefined();
    expect(costOf({ ...setup, data: mnist, width: 2048, depth: 3 })!.warning).toMatch(/^One step takes about \d+ ms/);
  });

  test("of a file is unknown until it is there", () => {
    expect(costOf({ ...setup, data: { kind: "file", name: "a", sha256: "0".repeat(64) } })).toBeUndefined();
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
