import { expect, test } from "vitest";
import { bareNetwork, type DatasetDefinition, givenNetwork, type NetworkChoice } from "../../src/index.js";

const conv: NetworkChoice = {
  kind: "layers",
  layers: [{ kind: "conv2d", channels: 2, size: 3 }, "relu"],
  homogeneity: "exact",
  init: { law: "uniformFanIn", scale: 1 },
};
const dataset = { kind: "mnist", classes: [3, 6], trainSize: 2 } as DatasetDefinition;
const images = { inputs: new Float64Array(2 * 784), labels: [1, -1], inputDim: 784 };

test("a network of images is written with their shape, and read back", () => {
  const written = bareNetwork({ network: conv, dataset }, images);
  expect(written).toEqual({ kind: "layers", layers: conv.layers, image: { channels: 1, height: 28, width: 28 } });
  const { layout } = givenNetwork(written, { inputDim: 784, outputs: 1 });
  expect(layout.blocks.map(({ outputs, inputs }) => [outputs, inputs])).toEqual([
    [2, 9],
    [1, 2 * 26 * 26],
  ]);
});

test("a network that reads images as vectors is written without a shape", () => {
  const mlp: NetworkChoice = { kind: "mlp", hidden: [4], activation: "relu", init: { law: "uniformFanIn", scale: 1 } };
  expect(bareNetwork({ network: mlp, dataset }, images)).toEqual({ kind: "mlp", hidden: [4], activation: "relu" });
});

test("a shape of images that is none, or not that of the samples, is refused", () => {
  const given = (image: unknown) => () => givenNetwork({ kind: "layers", layers: ["relu"], image }, { inputDim: 4, outputs: 1 });
  expect(given({ channels: 1, height: 2, width: 3 })).toThrow(/image: has 1 x 2 x 3 entries, the samples have 4 columns/);
  expect(given({ channels: 1, height: 4 })).toThrow(/image: must be \{ channels, height, width \}/);
  expect(() => givenNetwork({ kind: "linear", image: { channels: 1, height: 2, width: 2 } }, { inputDim: 4, outputs: 1 })).toThrow(/image/);
});
