import { describe, expect, test } from "vitest";
import { adam, constant, type Network, norms, type Optimizer, steepestDescent, Training } from "../../src/index.js";
import golden from "../golden/multiclass_trajectories.json" with { type: "json" };
import { flat, goldenLoss, goldenNetwork, goldenSamples } from "../support/goldenNetwork.js";
import { hosts } from "../support/hosts.js";
import { largestDifference } from "../support/largestDifference.js";

interface Hyper {
  readonly lr: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly eps?: number;
}

const optimizers: Readonly<Record<string, (hyper: Hyper) => Optimizer>> = {
  gd: () => steepestDescent({ norm: norms.l2, normalized: false }),
  sign_descent: () => steepestDescent({ norm: norms.linf, normalized: true }),
  spectral_normalized: () => steepestDescent({ norm: norms.spectral, normalized: true }),
  adam: ({ beta1, beta2, eps }) => adam({ beta1: beta1!, beta2: beta2!, epsilon: eps! }),
};

const networkOf = ({ sizes, activation }: { readonly sizes: readonly number[]; readonly activation: string }): Network =>
  goldenNetwork({ sizes, activation: sizes.length === 2 ? "identity" : activation });

// made by golden/multiclass_trajectories.py with torch 1.13 and numpy 1.24
describe.each(hosts)("trajectories of several classes on the $host", ({ kernels }) => {
  test.each(golden.trajectories)("$optimizer on $problem, $loss", ({ problem: name, loss, optimizer, hyper, log_loss, end }) => {
    const problem = golden.problems[name as keyof typeof golden.problems];
    const training = new Training(
      {
        network: networkOf(problem.arch),
        data: goldenSamples(problem),
        loss: goldenLoss({ loss, reduction: "sum" }),
        optimizer: optimizers[optimizer]!(hyper as Hyper),
        step: constant({ size: hyper.lr }),
        init: flat(problem.params0),
        seed: 0,
        track: [],
      },
      { kernels },
    );
    // two runs of the oracle from starts 1e-15 apart end within 1e-12
    for (const expected of log_loss) {
      expect(Math.abs(training.logRisk - expected)).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(expected)));
      if (training.step < log_loss.length - 1) training.advance();
    }
    expect(training.step).toBe(200);
    expect(largestDifference(training.parameters(), flat(end))).toBeLessThanOrEqual(1e-11);
  });
});
