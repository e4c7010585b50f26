import { expect, test } from "vitest";
import { dataStarts } from "../../src/setup/choices.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { summaryOf } from "../../src/setup/summary.js";

test("a race is summed up in words of the page", () => {
  expect(summaryOf(defaultSetup).join("; ")).toBe(
    "two moons, samples 60, noise 0.1, bias coordinate 1; 1 hidden layer of 32 units, ReLU, init scale 0.5; exponential loss, sum; seed 7",
  );
  expect(summaryOf({ ...defaultSetup, activation: { leakyRelu: 0.3 }, depth: 2 })[1]).toBe(
    "2 hidden layers of 32 units, leaky ReLU (0.3), init scale 0.5",
  );
  expect(summaryOf({ ...defaultSetup, activation: "abs", bias: true })[1]).toBe(
    "1 hidden layer of 32 units, absolute value, bias in the first, init scale 0.5",
  );
  const images = { kind: "mnistPair", digits: [3, 6], trainSize: 20 } as const;
  expect(summaryOf({ ...defaultSetup, data: images, depth: 2, width: 8, filter: 5, activation: { elu: 1 }, bias: "every" })[1]).toBe(
    "2 convolutions of 8 channels, 5 x 5, each before max-pooling, ELU (1), biases in every one, init scale 0.5",
  );
  expect(summaryOf({ ...defaultSetup, depth: 0, bias: true })[1]).toBe("linear with a bias, init scale 0.5");
  expect(summaryOf({ ...defaultSetup, depth: 0, data: dataStarts.points! }).slice(0, 2)).toEqual([
    "drawn by clicking, 4 points, bias coordinate 1",
    "linear, init scale 0.5",
  ]);
});
