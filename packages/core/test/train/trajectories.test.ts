import { describe, expect, test } from "vitest";
import {
  adaGrad,
  adam,
  adamW,
  constant,
  decoupledDecay,
  heavyBall,
  lion,
  lossBased,
  lp,
  muon,
  type Norm,
  norms,
  type Optimizer,
  rmsProp,
  type StepRule,
  shampoo,
  signum,
  steepestDescent,
  Training,
} from "../../src/index.js";
import golden from "../golden/trajectories.json" with { type: "json" };
import { flat, type GoldenProblem, goldenData, goldenLoss, goldenNetwork } from "../support/goldenNetwork.js";
import { hosts } from "../support/hosts.js";
import { largestDifference } from "../support/largestDifference.js";

interface Hyper {
  readonly lr: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly eps?: number;
  readonly alpha?: number;
  readonly p?: number;
  readonly momentum?: number;
  readonly nesterov?: boolean;
  readonly weight_decay?: number;
}

type Arm = readonly [optimizer: Optimizer, step: StepRule];

const steepest = (norm: keyof typeof norms | Norm, normalized: boolean) =>
  steepestDescent({ norm: typeof norm === "string" ? norms[norm] : norm, normalized });

const arms: Readonly<Record<string, (hyper: Hyper) => Arm>> = {
  gd: ({ lr }) => [steepest("l2", false), constant({ size: lr })],
  normalized_gd: ({ lr }) => [steepest("l2", true), constant({ size: lr })],
  loss_normalized_gd: ({ lr }) => [steepest("l2", false), lossBased({ size: lr, rollback: false })],
  sign_descent: ({ lr }) => [steepest("linf", true), constant({ size: lr })],
  steepest_linf: ({ lr }) => [steepest("linf", false), constant({ size: lr })],
  coordinate_descent: ({ lr }) => [steepest("l1", false), constant({ size: lr })],
  normalized_coordinate: ({ lr }) => [steepest("l1", true), constant({ size: lr })],
  steepest_lp: ({ lr, p }) => [steepest(lp(p!), false), constant({ size: lr })],
  normalized_steepest_lp: ({ lr, p }) => [steepest(lp(p!), true), constant({ size: lr })],
  spectral_normalized: ({ lr }) => [steepest("spectral", true), constant({ size: lr })],
  spectral_steepest: ({ lr }) => [steepest("spectral", false), constant({ size: lr })],
  gd_momentum: ({ lr, momentum }) => [heavyBall({ momentum: momentum!, nesterov: false }), constant({ size: lr })],
  gd_nesterov: ({ lr, momentum }) => [heavyBall({ momentum: momentum!, nesterov: true }), constant({ size: lr })],
  signum: ({ lr, momentum }) => [signum({ momentum: momentum! }), constant({ size: lr })],
  muon: ({ lr, momentum, nesterov }) => [
    muon({ momentum: momentum!, nesterov: nesterov!, orthogonalization: "exact", scale: "spectral" }),
    constant({ size: lr }),
  ],
  lion: ({ lr, beta1, beta2, weight_decay }) => [
    decoupledDecay(lion({ beta1: beta1!, beta2: beta2! }), weight_decay!),
    constant({ size: lr }),
  ],
  adamw: ({ lr, beta1, beta2, eps, weight_decay }) => [
    adamW({ beta1: beta1!, beta2: beta2!, epsilon: eps!, decay: weight_decay! }),
    constant({ size: lr }),
  ],
  shampoo_noaccum: ({ lr }) => [shampoo({ exponent: "quarter", accumulate: false, epsilon: 0 }), constant({ size: lr })],
  adam: ({ lr, beta1, beta2, eps }) => [adam({ beta1: beta1!, beta2: beta2!, epsilon: eps! }), constant({ size: lr })],
  rmsprop: ({ lr, alpha, eps, momentum }) => [rmsProp({ decay: alpha!, epsilon: eps!, momentum: momentum! }), constant({ size: lr })],
  adagrad: ({ lr, eps }) => [adaGrad({ epsilon: eps! }), constant({ size: lr })],
  shampoo: ({ lr, eps }) => [shampoo({ exponent: "quarter", accumulate: true, epsilon: eps! }), constant({ size: lr })],
};

const problems = golden.problems as unknown as Readonly<Record<string, GoldenProblem & { readonly params0: number[][][] }>>;

describe.each(hosts)("golden trajectories on the $host", ({ kernels }) => {
  test("cover every optimiser and the tiny losses", () => {
    expect(new Set(golden.trajectories.map(({ optimizer }) => optimizer))).toEqual(new Set(Object.keys(arms)));
    expect(golden.trajectories.filter(({ problem }) => problem.endsWith("tinyloss"))).toHaveLength(6);
  });

  test.each(golden.trajectories)("$optimizer $hyper on $problem", ({ problem: name, optimizer: kind, hyper, ...trajectory }) => {
    const problem = problems[name]!;
    const [optimizer, step] = arms[kind]!(hyper as Hyper);
    const training = new Training(
      {
        network: goldenNetwork(problem.arch),
        data: goldenData(problem),
        loss: goldenLoss(problem),
        optimizer,
        step,
        init: flat(problem.params0),
        seed: 0,
      },
      { kernels },
    );
    const logReduction = problem.reduction === "mean" ? Math.log(problem.y.length) : 0;
    for (let t = 0; ; t++) {
      const expected = trajectory.log_loss[t]!;
      expect(Math.abs(training.logRisk - logReduction - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
      const snapshot = trajectory.snapshots.find((candidate) => candidate.step === t);
      if (snapshot) expect(largestDifference(training.parameters(), flat(snapshot.params as number[][][]))).toBeLessThanOrEqual(1e-11);
      if (t === trajectory.steps) break;
      training.advance();
    }
    expect(training.step).toBe(trajectory.steps);
  });
});
