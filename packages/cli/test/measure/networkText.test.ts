import { expect, test } from "vitest";
import { networkOfText } from "../../src/measure/networkText.js";

test("widths name a perceptron with relu, or another activation, and JSON any network", () => {
  const network = { kind: "mlp", hidden: [128, 64], activation: "relu" };
  expect(networkOfText("mlp:784-128-64-10")).toEqual({ network, ends: { inputDim: 784, outputs: 10 } });
  expect(networkOfText("mlp:3-1:abs")).toEqual({
    network: { kind: "mlp", hidden: [], activation: "abs" },
    ends: { inputDim: 3, outputs: 1 },
  });
  expect(networkOfText(' {"kind":"linear"}')).toEqual({ network: { kind: "linear" } });
});

test.each(["", "mlp", "mlp:", "mlp:3", "mlp:3-0-1", "mlp:3--1", "linear:3-1", "mlp:3-1:", "mlp:99999999999999999999-1"])(
  "%s is none",
  (text) => {
    expect(() => networkOfText(text)).toThrow(/--network: must be mlp:INPUTS-HIDDEN-\.\.\.-SCORES or JSON/);
  },
);
