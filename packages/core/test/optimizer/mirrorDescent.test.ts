import { describe, expect, test } from "vitest";
import { linear, lossBased, losses, lp, mirrorDescent, norms, type Potential, steepestDescent, Training } from "../../src/index.js";
import golden from "../golden/maxmargin_linear.json" with { type: "json" };
import { boundOptimizer, shapeOf } from "../support/boundOptimizer.js";
import { goldenData } from "../support/goldenNetwork.js";
import { hosts } from "../support/hosts.js";
import { largestDifference } from "../support/largestDifference.js";

const theta0 = [1, -2, 0.25, 0, -1e-3, 30];
const ghat = [0.5, 1, -1, 0.3, 0, -2];
const shape = shapeOf([[1, theta0.length]]);
const epsilon = Number.EPSILON;

type Move = readonly [p: number, theta: number, change: number, result: number, condition: number];

/**
 * sign(z) |z|^(1/(p-1)), z = sign(θ) |θ|^(p-1) + change, by mpmath 1.2.1 with 60 digits. With ρ the change relative to the first term, condition is
 * |log(1 + ρ)| + |ρ / (1 + ρ)|, and |log |z|| more where the change is the larger: an exponent 1 / (p - 1) within ε / 2 magnifies it.
 */
const moves: readonly Move[] = [
  [1.00001, 0.3, -2e-6, 0.24561858535816122, 4.0e-6],
  [1.00001, -1.7, 0.0001, -7.714539157761523e-5, 0.0002],
  [1.00001, 0.3, 0.000244140625, 11990779506.76358, 0.000488],
  [1.001, 5.0, -0.003, 0.24901748294651618, 0.006],
  [1.1, 1e-150, 1e-16, 2.59374246010007e-150, 0.186],
  [1.1, 0.5, -2.0, -1.9120969499471205, 2.07],
  [1.5, -1e-200, 1e-99, 8.1e-199, 231.0],
  [3.0, 1e-170, 1e-300, 1e-150, 784.0],
  [3.0, 0.0, -0.25, -0.5, 1.39],
  [10.0, 0.02, 1e-17, 0.02004303058636734, 0.0385],
  [10.0, 1e-40, -3e-7, -0.18846716378431191, 830.0],
  [1000.0, 0.3, 0.5, 0.9993063996304388, 1.2e3],
  [1000.0, -0.02, -1e-300, -0.5008407989848211, 3.91e3],
  [1000.0, 5.0, 0.25, 5.0, 0],
  [1000.0, 1.0, 3.0, 1.0013886453194116, 3.52],
  [10000.0, 1.05, -1e200, 1.0499999999999998, 2.69e-12],
];

describe.each(hosts)("mirror descent on the $host", ({ kernels }) => {
  const step = (potential: Potential, size: number, logRisk = 0, logScale = 0): Float64Array => {
    const bench = boundOptimizer(mirrorDescent({ potential }), shape, kernels);
    bench.theta.set(theta0);
    bench.aim(logRisk, ghat);
    bench.move({ size, logScale });
    return bench.theta.slice();
  };
  const expectNear = (actual: Float64Array, expected: readonly number[], ulps: number): void => {
    for (const [j, value] of expected.entries()) expect(Math.abs(actual[j]! - value)).toBeLessThanOrEqual(ulps * epsilon * Math.abs(value));
  };

  test("quadratic: gradient descent", () => {
    const bench = boundOptimizer(steepestDescent({ norm: norms.l2, normalized: false }), shape, kernels);
    bench.theta.set(theta0);
    bench.aim(-1, ghat);
    bench.move({ size: 0.1, logScale: 0 });
    expect(largestDifference(step({ kind: "quadratic" }, 0.1, -1), bench.theta)).toBeLessThanOrEqual(30 * epsilon);
    expect(step({ kind: "power", p: 2 }, 0.1, -1)).toEqual(step({ kind: "quadratic" }, 0.1, -1));
  });

  test("power 3 by hand: z = θ |θ|", () => {
    const dual = theta0.map((v, j) => v * Math.abs(v) - 0.125 * ghat[j]!);
    expectNear(
      step({ kind: "power", p: 3 }, 0.125),
      dual.map((z) => Math.sign(z) * Math.sqrt(Math.abs(z))),
      4,
    );
  });

  test("power 3/2 by hand: z = sign(θ) √|θ|", () => {
    const dual = theta0.map((v, j) => Math.sign(v) * Math.sqrt(Math.abs(v)) - 0.125 * ghat[j]!);
    expectNear(
      step({ kind: "power", p: 1.5 }, 0.125),
      dual.map((z) => z * Math.abs(z)),
      16,
    );
  });

  test("hyperbolic entropy: θ cosh(ηg) - √(θ² + β²) sinh(ηg)", () => {
    for (const beta of [1e-3, 1, 50]) {
      const expected = theta0.map((v, j) => v * Math.cosh(0.1 * ghat[j]!) - Math.sqrt(v * v + beta * beta) * Math.sinh(0.1 * ghat[j]!));
      const actual = step({ kind: "hyperbolicEntropy", beta }, 0.1);
      // sinh magnifies the rounding of its argument by the argument itself, at most asinh(30 / β)
      for (const [j, value] of expected.entries()) expect(Math.abs(actual[j]! - value)).toBeLessThanOrEqual(64 * epsilon * Math.abs(value));
    }
  });

  test("works at any depth with a step size η / R", () => {
    for (const potential of [{ kind: "quadratic" }, { kind: "power", p: 1.2 }, { kind: "hyperbolicEntropy", beta: 0.5 }] as const) {
      expect(step(potential, 0.1, -1e5, 1e5)).toEqual(step(potential, 0.1));
    }
  });

  test("power: without a gradient a weight keeps its bits, where |θ|^(p-1) leaves the range too", () => {
    for (const p of [1.00001, 1.1, 1.5, 3, 10, 1000, 1e4]) {
      const bench = boundOptimizer(mirrorDescent({ potential: { kind: "power", p } }), shape, kernels);
      bench.theta.set(theta0);
      bench.aim(0, new Float64Array(6));
      bench.move({ size: 1, logScale: 0 });
      expect([...bench.theta]).toEqual(theta0);
    }
  });

  test.each(moves)("power %d takes %d by %d in the dual to %d", (p, theta, change, expected, condition) => {
    const bench = boundOptimizer(mirrorDescent({ potential: { kind: "power", p } }), shapeOf([[1, 1]]), kernels);
    bench.theta[0] = theta;
    bench.aim(0, [-change]);
    bench.move({ size: 1, logScale: 0 });
    const error = Math.abs(bench.theta[0]! - expected);
    expect(error, `${bench.theta[0]}`).toBeLessThanOrEqual(4 * epsilon * (1 + condition / (p - 1)) * Math.abs(expected));
  });
});

const [binary] = hosts;

/** A linear model after 4000 steps of η / R. */
function trained(problem: (typeof golden.cases)[number], potential: Potential, size: number): Training {
  const data = goldenData(problem);
  const training = new Training(
    {
      network: linear({ inputDim: data.inputDim }),
      data,
      loss: losses.exponential,
      optimizer: mirrorDescent({ potential }),
      step: lossBased({ size, rollback: false }),
      init: new Float64Array(data.inputDim),
      seed: 0,
    },
    binary!,
  );
  for (let t = 0; t < 4000; t++) training.advance();
  return training;
}

/** Smaller powers need smaller steps: θ moves by about η |θ|^(2-p) |ghat|. */
const sizes = { 1.5: 0.002, 2: 0.02, 3: 0.5 } as const;

describe.each(golden.cases)("a linear model on $name", (problem) => {
  test.each([
    [1.5, 0.75],
    [2, 0.9],
    [3, 0.9],
  ] as const)("power %d comes within its share of the maximum margin of its own norm, by the KKT residual", (p, share) => {
    const { tangentMarginRatio } = trained(problem, { kind: "power", p }, sizes[p]).kktResidual(lp(p));
    expect(tangentMarginRatio).toBeGreaterThan(share);
    expect(tangentMarginRatio).toBeLessThanOrEqual(1 + 1e-9);
  });
});

test("on a sparse teacher the l1 margin is the larger the smaller the power, largest for the hyperbolic entropy, and linf's the other way round", () => {
  const problem = golden.cases.find(({ name }) => name.startsWith("sparse_teacher"))!;
  const [low, quadratic, high] = ([1.5, 2, 3] as const).map((p) => trained(problem, { kind: "power", p }, sizes[p]).point().margin);
  const entropic = trained(problem, { kind: "hyperbolicEntropy", beta: 0.01 }, 0.002).point().margin;
  const l1Margins = [entropic, low!, quadratic!, high!].map(({ l1 }) => l1!);
  expect(l1Margins).toEqual([...l1Margins].sort((x, y) => y - x));
  const linfMargins = [entropic, low!, quadratic!, high!].map(({ linf }) => linf!);
  expect(linfMargins).toEqual([...linfMargins].sort((x, y) => x - y));
});
