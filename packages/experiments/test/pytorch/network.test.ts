import { dense, layers, type Network } from "@steepest/core";
import { expect, test } from "vitest";
import { headSource } from "../../src/pytorch/head.js";
import { networkSource } from "../../src/pytorch/network.js";

const head = headSource({ inputs: Float64Array.of(1, 2), labels: [1, -1], inputDim: 1 }, {});
const network = layers({ input: 1, layers: [dense({ units: 1 })] });

test("a network without a translation is refused by its kind, one with a layer without a translation by the layer's", () => {
  const { pytorch: _none, ...silent } = network;
  const weights = Float64Array.of(1);
  expect(() => networkSource(silent as Network, weights, head)).toThrow('network.kind: "layers" has no translation to PyTorch');
  const strange: Network = { ...network, pytorch: () => ({ untranslated: ["twice", "thrice"] }) };
  expect(() => networkSource(strange, weights, head)).toThrow('network.layers: "twice" has no translation to PyTorch');
  expect(networkSource(network, weights, head).shapes).toEqual([[1, 1]]);
});
