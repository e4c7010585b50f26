import { describe, expect, test } from "vitest";
import { adam, clipped, coupledDecay, DefinitionError, heavyBall, type Norm, norms, steepestDescent } from "../../src/index.js";
import { boundOptimizer, shapeOf } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";
import { largestDifference } from "../support/largestDifference.js";
import { afterSteps } from "../support/linearTorch.js";

const ball = heavyBall({ momentum: 0.9, nesterov: false });
const gradient = steepestDescent({ norm: norms.l2, normalized: false });

/** torch adds 1e-6 to the norm of the gradient: with a length of 0.3 or more that is 3e-6 of every step, and there are six. */
const tolerance = 1e-5;

describe.each(hosts)("clipped gradients on the $host", (host) => {
  const { kernels } = host;

  test.each<[string, Norm, number, readonly number[]]>([
    ["2", norms.l2, 0.7, [1.318822217275166, 0.6787653459440973, 1.1033301414615064]],
    ["1", norms.linf, 0.7, [1.0433114134966799, 0.38945191385415906, 1.0653146322139564]],
    ["inf", norms.l1, 0.3, [0.9495102264996224, 0.28489043357192856, 1.0532853407279956]],
  ])("are those of torch's clip_grad_norm_ with norm_type = %s, the dual of the norm", (_, norm, length, expected) => {
    expect(largestDifference(afterSteps(clipped(ball, { norm, length }), 0.1, host), expected)).toBeLessThanOrEqual(tolerance);
  });

  test("then coupled decay: torch clips the gradient of the risk, and Adam adds the decay", () => {
    const decayed = coupledDecay(adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-2 }), 0.3);
    const expected = [0.7889435316676784, 0.0433653454937497, 0.7176265827304593];
    expect(largestDifference(afterSteps(clipped(decayed, { norm: norms.l2, length: 0.7 }), 0.05, host), expected)).toBeLessThanOrEqual(
      tolerance,
    );
  });

  test("a gradient that is shorter is not touched, one that is longer has the length", () => {
    const row = shapeOf([[1, 2]]);
    const plain = boundOptimizer(gradient, row, kernels);
    const short = boundOptimizer(clipped(gradient, { norm: norms.l2, length: 5 }), row, kernels);
    expect(short.update(0, [3, -3.9])).toEqual(plain.update(0, [3, -3.9]));
    expect(largestDifference(short.update(1, [30, -40]), [-3, 4])).toBeLessThanOrEqual(1e-14);
    expect(largestDifference(short.update(5000, [3, -4]), [-3, 4])).toBeLessThanOrEqual(1e-11); // of logarithms as large as 5000
  });

  test("the spectral norm's dual measures the sum of singular values", () => {
    const square = shapeOf([[2, 2]]);
    const moved = boundOptimizer(clipped(gradient, { norm: norms.spectral, length: 1 }), square, kernels).update(0, [3, 0, 0, 1]);
    expect(largestDifference(moved, [-0.75, 0, 0, -0.25])).toBeLessThanOrEqual(1e-14);
  });

  test("normalised descent without a memory is the same with and without it, bit for bit", () => {
    const sign = steepestDescent({ norm: norms.spectral, normalized: true });
    expect(afterSteps(clipped(sign, { norm: norms.l2, length: 0.1 }), 0.1, host)).toEqual(afterSteps(sign, 0.1, host));
  });
});

test("what is no length, norm or optimiser is refused", () => {
  const { l2: norm } = norms;
  for (const length of [0, -1, Number.NaN]) {
    expect(() => clipped(ball, { norm, length })).toThrow(DefinitionError);
    expect(() => clipped(ball, { norm, length })).toThrow("clipped.length: must be finite and > 0");
  }
  expect(() => clipped(ball, { norm: "l2" as never, length: 1 })).toThrow("clipped.norm: must be a norm");
  expect(() => clipped(ball, { norm, length: 1, max_norm: 1 } as never)).toThrow('clipped: unknown option "max_norm"');
});
