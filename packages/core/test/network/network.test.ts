import { networkLaws, registerLaws } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { arrayNetwork, linear, mlp, type Network } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { lawOptions } from "../support/profile.js";
import { samples } from "../support/samples.js";

const networks: Readonly<Record<string, { readonly network: Network; readonly degree: number }>> = {
  linear: { network: linear({ inputDim: 4 }), degree: 1 },
  "relu, 2 layers": { network: mlp({ widths: [4, 5, 1], activation: "relu" }), degree: 2 },
  "relu, 3 layers": { network: mlp({ widths: [4, 5, 3, 1], activation: "relu" }), degree: 3 },
  "leaky relu, 3 layers": { network: mlp({ widths: [4, 3, 4, 1], activation: { leakyRelu: 0.1 } }), degree: 3 },
  "identity, 3 layers": { network: mlp({ widths: [4, 3, 3, 1], activation: "identity" }), degree: 3 },
  "squared relu, 2 layers": { network: mlp({ widths: [4, 5, 1], activation: { reluPower: 2 } }), degree: 3 },
  "squared relu, 3 layers": { network: mlp({ widths: [4, 4, 3, 1], activation: { reluPower: 2 } }), degree: 7 },
  "relu^1.5, 2 layers": { network: mlp({ widths: [4, 5, 1], activation: { reluPower: 1.5 } }), degree: 2.5 },
  "relu^1.5, 3 layers": { network: mlp({ widths: [4, 4, 3, 1], activation: { reluPower: 1.5 } }), degree: 4.75 },
  "relu, last layer frozen": { network: mlp({ widths: [4, 5, 1], activation: "relu", frozenLayers: [1] }), degree: 1 },
  "relu, first layer frozen": { network: mlp({ widths: [4, 5, 1], activation: "relu", frozenLayers: [0] }), degree: 1 },
  "squared relu, first layer frozen": {
    network: mlp({ widths: [4, 4, 3, 1], activation: { reluPower: 2 }, frozenLayers: [0] }),
    degree: 3,
  },
  "squared relu, middle layer frozen": {
    network: mlp({ widths: [4, 4, 3, 1], activation: { reluPower: 2 }, frozenLayers: [1] }),
    degree: 5,
  },
};

/** Networks without a hidden layer between two trainable ones. */
const withoutHiddenLayer = ["linear", "relu, last layer frozen", "relu, first layer frozen", "squared relu, middle layer frozen"];

describe.each(hosts)("networks on the $host", ({ kernels }) => {
  const notAsked: Record<string, readonly string[]> = {};
  describe.each(Object.entries(networks))("%s", (name, { network, degree }) => {
    test("has the degree worked out by hand", () => expect(network.degree).toBe(degree));
    const data = samples({ seed: 1, sampleCount: 6, inputDim: 4 });
    notAsked[name] = registerLaws(test, networkLaws, arrayNetwork(network, data, kernels), lawOptions);
  });

  test("every law is asked, except for those of hidden layers where no layer can be moved", () => {
    const symmetries = ["hidden-units-permute", "hidden-units-rescale"];
    expect(notAsked).toEqual(
      Object.fromEntries(Object.keys(networks).map((name) => [name, withoutHiddenLayer.includes(name) ? symmetries : []])),
    );
  });

  describe("relu, 2 layers, sparse inputs", () => {
    const data = samples({ seed: 1, sampleCount: 7, inputDim: 9, density: 0.3 });
    const network = mlp({ widths: [9, 5, 1], activation: "relu" });
    registerLaws(test, networkLaws, arrayNetwork(network, data, kernels), lawOptions);
  });
});
