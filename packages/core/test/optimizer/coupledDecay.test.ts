import { describe, expect, test } from "vitest";
import {
  adam,
  clipped,
  constant,
  coupledDecay,
  DefinitionError,
  decoupledDecay,
  heavyBall,
  linear,
  lineSearch,
  losses,
  norms,
  type Optimizer,
  steepestDescent,
  Training,
} from "../../src/index.js";
import { checkStepRule } from "../../src/internal.js";
import { boundOptimizer, shapeOf } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";
import { largestDifference } from "../support/largestDifference.js";
import { afterSteps } from "../support/linearTorch.js";

const someAdam = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
const row = shapeOf([[1, 3]]);

describe.each(hosts)("coupled decay on the $host", (host) => {
  const { kernels } = host;

  test.each<[string, Optimizer, number, readonly number[]]>([
    ["SGD with momentum", heavyBall({ momentum: 0.9, nesterov: false }), 0.1, [1.9177436784608526, 1.6007458583396414, 0.7651090227446649]],
    ["Adam", adam(someAdam), 0.05, [0.7933074065881676, 0.0417678370383141, 0.7294330428899842]],
  ])("of %s is weight_decay = 0.3 of torch.optim", (_, optimizer, size, expected) => {
    // six steps of a few roundings each; Adam divides numbers of the size of the gradient
    expect(largestDifference(afterSteps(coupledDecay(optimizer, 0.3), size, host), expected)).toBeLessThanOrEqual(1e-13);
  });

  test("of gradient descent is decoupled decay, up to rounding", () => {
    const gradient = steepestDescent({ norm: norms.l2, normalized: false });
    const [coupled, decoupled] = [coupledDecay(gradient, 0.3), decoupledDecay(gradient, 0.3)].map((one) => afterSteps(one, 0.1, host));
    expect(largestDifference(coupled!, decoupled!)).toBeLessThanOrEqual(1e-14);
    expect(largestDifference(coupled!, afterSteps(gradient, 0.1, host))).toBeGreaterThan(0.1);
  });

  test("where the risk is below 1e-308 the decay is all that is left, where the decay is the gradient", () => {
    const unit = steepestDescent({ norm: norms.l2, normalized: true });
    const deep = boundOptimizer(coupledDecay(unit, 1e-3), row, kernels);
    deep.theta.set([3, 0, -4]);
    expect(deep.aim(-5000, [1, 1, 1])).toEqual(Float64Array.of(-0.6, -0, 0.8));
    const shallow = boundOptimizer(coupledDecay(unit, 1e-18), row, kernels);
    shallow.theta.set([3, 0, -4]);
    expect(largestDifference(shallow.aim(0, [0, -2, 0]), [0, 1, 0])).toBeLessThanOrEqual(2.1e-18); // 4e-18 / 2
  });

  test("both scales by hand: ∇R = e^-800 (1, 0, 0), λ = e^-800", () => {
    const { theta, aim, move } = boundOptimizer(
      coupledDecay(steepestDescent({ norm: norms.l2, normalized: false }), { log: -800 }),
      row,
      kernels,
    );
    theta.set([1, 2, -1]);
    aim(-800, [1, 0, 0]);
    move({ size: 0.5, logScale: 800 }); // the gradient is (2, 2, -1): θ - (1, 1, -1/2)
    expect(largestDifference(theta, [0, 1, -0.5])).toBeLessThanOrEqual(1e-12);
  });

  test("weights of inputs that are always zero decay too", () => {
    const training = new Training(
      {
        network: linear({ inputDim: 2 }),
        data: { inputs: Float64Array.of(1, 0, -1, 0), labels: [1, -1], inputDim: 2 },
        loss: losses.exponential,
        optimizer: coupledDecay(steepestDescent({ norm: norms.l2, normalized: false }), 0.5),
        step: constant({ size: 0.1 }),
        init: Float64Array.of(0, 1),
        seed: 0,
      },
      host,
    );
    training.advance();
    expect(Math.abs(training.parameters()[1]! - 0.95)).toBeLessThanOrEqual(2 ** -52);
  });
});

test("decay 0 is the optimiser itself; others are refused", () => {
  const optimizer = adam(someAdam);
  expect(coupledDecay(optimizer, 0)).toBe(optimizer);
  for (const decay of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => coupledDecay(optimizer, decay)).toThrow(DefinitionError);
  expect(() => coupledDecay(optimizer, { log: Number.NaN })).toThrow("decay.log: must be finite, got NaN");
  expect(() => coupledDecay(adam as never, 1)).toThrow("optimizer: must be an optimizer");
});

test.each<[string, (optimizer: Optimizer) => Optimizer]>([
  ["coupled decay", (optimizer) => coupledDecay(optimizer, 0.1)],
  ["decoupled decay", (optimizer) => decoupledDecay(optimizer, 0.1)],
  ["clipped gradients", (optimizer) => clipped(optimizer, { norm: norms.l2, length: 1 })],
])("a step rule that does not fit an optimiser with %s says so of both", (wrapper, wrap) => {
  const optimizer = wrap(steepestDescent({ norm: norms.l2, normalized: false }));
  expect(() => checkStepRule(lineSearch({ size: 1, sufficientDecrease: 0.5 }), optimizer)).toThrow(
    `step.rule: lineSearch is for a normalised optimiser, got steepest with ${wrapper}, whose steps scale with the gradient`,
  );
});
