import { expect, test } from "vitest";
import { dense, layers, linear, mlp } from "../../src/index.js";

test("two dense layers with ReLU between them, and nothing else, are a two-layer ReLU network", () => {
  const [hidden, output] = [dense({ units: 4 }), dense({ units: 1 })];
  const yes = [mlp({ widths: [3, 4, 1], activation: "relu" }), layers({ input: 3, layers: [hidden, "relu", output] })];
  for (const network of yes) expect(network.isTwoLayerRelu).toBe(true);
  const no = [
    linear({ inputDim: 3 }),
    mlp({ widths: [3, 4, 4, 1], activation: "relu" }),
    mlp({ widths: [3, 4, 2], activation: "relu" }),
    mlp({ widths: [3, 4, 1], activation: "abs" }),
    mlp({ widths: [3, 4, 1], activation: { leakyRelu: 0.5 } }),
    mlp({ widths: [3, 4, 1], activation: { reluPower: 2 } }),
    mlp({ widths: [3, 4, 1], activation: "relu", frozenLayers: [0] }),
    layers({ input: 3, layers: [dense({ units: 4, bias: true }), "relu", output] }),
    layers({ input: 3, layers: ["relu", hidden, "relu", output] }),
    layers({ input: 3, layers: [hidden, "relu", output, "abs"] }),
    layers({ input: 3, layers: [hidden, output] }),
  ];
  for (const network of no) expect(network.isTwoLayerRelu).toBeUndefined();
});
