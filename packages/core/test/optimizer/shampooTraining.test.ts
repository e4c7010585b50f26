import { describe, expect, test } from "vitest";
import { constant, losses, mlp, norms, type ShampooExponent, shampoo, Training } from "../../src/index.js";
import golden from "../golden/shampoo_frozen_layer.json" with { type: "json" };
import { hosts } from "../support/hosts.js";

/** 300 steps of rounding at 1e-15 each, in matrices whose roots lose up to √(1e4) of it. */
const tolerance = 1e-10;

describe.each(hosts)("Shampoo with a frozen second layer on the $host is numpy's", (host) => {
  test.each(golden.runs)("$exponent", ({ exponent, eta, rows, weights }) => {
    const { inputDim, hidden, epsilon } = golden;
    const training = new Training(
      {
        network: mlp({ widths: [inputDim, hidden, 1], activation: "relu", frozenLayers: [1] }),
        data: { inputs: Float64Array.from(golden.inputs), labels: golden.labels, inputDim },
        loss: losses.exponential,
        optimizer: shampoo({ exponent: exponent as ShampooExponent, accumulate: true, epsilon }),
        step: constant({ size: eta }),
        init: Float64Array.from(golden.init),
        seed: 0,
        track: [norms.spectral],
      },
      host,
    );
    for (const { step, logRisk, spectralMargin } of rows) {
      while (training.step < step) training.advance();
      expect(Math.abs(training.logRisk - logRisk)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(logRisk)));
      expect(Math.abs(training.point().margin.spectral! - spectralMargin)).toBeLessThanOrEqual(tolerance);
    }
    const after = training.parameters();
    weights.forEach((expected, j) => {
      expect(Math.abs(after[j]! - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
    });
  });
});
