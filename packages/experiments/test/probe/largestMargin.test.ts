import { DefinitionError, type LabelledData, linear, type Norm } from "@steepest/core";
import { expect, test } from "vitest";
import { parseDefinition } from "../../src/definition/parse.js";
import { largestMarginReadings } from "../../src/probe/largestMargin.js";

const data: LabelledData = { inputs: Float64Array.of(2, 1, -1, -3), labels: [1, -1], inputDim: 2 };
const network = linear({ inputDim: 2 });
const answers: Readonly<Record<string, object>> = {
  l2: { upper: 2, theta: Float64Array.of(3e200, 4e200), separable: true, uniqueness: { unique: true } },
  linf: { upper: 3, theta: Float64Array.of(1, 1), separable: true, uniqueness: { unique: false } },
  l1: { upper: 1e-17, theta: Float64Array.of(0, 0), separable: false },
};
const oracle = async (_data: LabelledData, norm: Norm) => answers[norm.id] as never;

test("a margin over the largest, and the cosine to the maximiser where it is the only one", async () => {
  const asked: string[] = [];
  const counting = async (samples: LabelledData, norm: Norm) => {
    asked.push(norm.id);
    return oracle(samples, norm);
  };
  const names = ["logRisk", "marginRatio.l2", "maxMarginCosine.l2", "marginRatio.linf", "maxMarginCosine.linf", "marginRatio.l1"];
  const readings = (await largestMarginReadings(names, { data, network }, counting))!;
  expect(asked).toEqual(["l2", "linf", "l1"]);
  const read = readings(Float64Array.of(4e-300, 3e-300), { l2: 1.5, linf: 1.5, l1: -1 });
  expect(read["marginRatio.l2"]).toBe(0.75);
  expect(read["maxMarginCosine.l2"]).toBeCloseTo(24 / 25, 15);
  expect(read["marginRatio.linf"]).toBe(0.5);
  expect(read["maxMarginCosine.linf"]).toBeNaN();
  expect(read["marginRatio.l1"]).toBeNaN();
});

test("nothing is asked where no probe asks, and a program without an oracle says so", async () => {
  expect(await largestMarginReadings(["logRisk", "margin.l2"], { data, network }, undefined)).toBeUndefined();
  await expect(largestMarginReadings(["marginRatio.l2"], { data, network }, undefined)).rejects.toThrow(DefinitionError);
});

test("the cosine is for linear models, and so is the ratio but where it is known of networks", () => {
  const definition = (network: object) => ({
    id: "linear",
    dataset: { kind: "separable", trainSize: 10, noise: 0.08, constant: 0 },
    network: { ...network, init: { law: "uniformFanIn", scale: 1 } },
    loss: { kind: "exponential", reduction: "sum" },
    arms: { gradient: { optimizer: { kind: "steepest", norm: "l2", normalized: true }, step: { rule: "constant", size: 1 } } },
    seeds: [0],
    stop: { steps: 1 },
    record: { probes: ["marginRatio.l2", "maxMarginCosine.lp(3)"], pointsPerDecade: 1 },
  });
  expect(parseDefinition(definition({ kind: "linear" })).record.probes).toHaveLength(2);
  expect(() => parseDefinition(definition({ kind: "mlp", hidden: [4], activation: { leakyRelu: 0.1 } }))).toThrow(
    "record.probes[0]: needs a linear model without biases (also at record.probes[1])",
  );
});

test("a two-layer ReLU network has the ratio in l2, with as many as three inputs", () => {
  const definition = (probe: string, network: object = {}, dataset: object = {}) => ({
    id: "relu",
    dataset: { kind: "moons", trainSize: 10, noise: 0.08, constant: 1, ...dataset },
    network: { kind: "mlp", hidden: [4], activation: "relu", init: { law: "uniformFanIn", scale: 1 }, ...network },
    loss: { kind: "exponential", reduction: "sum" },
    arms: { gradient: { optimizer: { kind: "steepest", norm: "l2", normalized: true }, step: { rule: "constant", size: 1 } } },
    seeds: [0],
    stop: { steps: 1 },
    record: { probes: [probe], pointsPerDecade: 1 },
  });
  expect(parseDefinition(definition("marginRatio.l2")).record.probes).toEqual(["marginRatio.l2"]);
  expect(() => parseDefinition(definition("marginRatio.linf"))).toThrow("is known of this network in the norm l2 alone");
  expect(() => parseDefinition(definition("maxMarginCosine.l2"))).toThrow("needs a linear model");
  for (const network of [{ hidden: [4, 4] }, { activation: "abs" }, { activation: { reluPower: 2 } }, { frozenLayers: [1] }]) {
    expect(() => parseDefinition(definition("marginRatio.l2", network))).toThrow("needs a linear model");
  }
  const many = { kind: "gaussianClasses", inputDim: 4, classes: 2, meanNorm: 2, deviation: 0.5, trainSize: 4, testSize: 0 };
  const wide = { ...definition("marginRatio.l2"), dataset: many };
  expect(() => parseDefinition(wide)).toThrow("is known of ReLU networks on at most 3 inputs");
});
