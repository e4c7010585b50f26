import { describe, expect, test } from "vitest";
import { adaGrad, adam, lp, mirrorDescent, type Norm, norms, type Optimizer, rmsProp, shampoo, steepestDescent } from "../../src/index.js";
import { momentum } from "../../src/optimizer/memory/momentum.js";
import { normedDescent } from "../../src/optimizer/normedDescent.js";
import { boundOptimizer, shapeOf } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";
import { largestDifference, largestEntry } from "../support/largestDifference.js";

const shape = shapeOf([
  [2, 3],
  [1, 2],
]);

const withMomentum = (norm: Norm, normalized: boolean, nesterov: boolean): Optimizer =>
  normedDescent({
    id: "momentum",
    norm,
    memory: momentum({ momentum: 0.9, accumulate: nesterov ? "average" : "sum", nesterov }),
    normalized,
    expectation: { margin: undefined, source: "a test" },
  });

interface Rule {
  readonly name: string;
  /** The optimiser for risks multiplied by e^logUnit, which scales a gradient threshold too. */
  readonly optimizer: (logUnit: number) => Optimizer;
  /** The degree d: the step at risk e^c R is e^(c d) times that at R. */
  readonly degree: -1 | 0 | 1;
  /** true: neither memory nor degree, so the bits are equal. */
  readonly exact?: boolean;
  /** Longest shift of the log risk, for an epsilon that must stay in the range of binary64. */
  readonly longestShift?: number;
}

const steepest = (norm: Norm, normalized: boolean) => () => steepestDescent({ norm, normalized });
const all = [norms.l1, norms.l2, norms.linf, norms.spectral, norms.nuclear, lp(3)];

const rules: readonly Rule[] = [
  ...all.map((norm): Rule => ({ name: `normalised ${norm.id}`, optimizer: steepest(norm, true), degree: 0, exact: true })),
  ...all.map((norm): Rule => ({ name: norm.id, optimizer: steepest(norm, false), degree: 1 })),
  {
    name: "smoothed l1",
    optimizer: () => steepestDescent({ norm: norms.l1, normalized: true, smoothing: "alignment" }),
    degree: 0,
    exact: true,
  },
  {
    name: "shampoo without accumulation",
    optimizer: () => shampoo({ exponent: "quarter", accumulate: false, epsilon: 0 }),
    degree: 0,
    exact: true,
  },
  { name: "momentum", optimizer: () => withMomentum(norms.l2, false, false), degree: 1 },
  { name: "normalised nesterov", optimizer: () => withMomentum(norms.l2, true, true), degree: 0 },
  { name: "spectral momentum", optimizer: () => withMomentum(norms.spectral, true, false), degree: 0 },
  { name: "adam", optimizer: () => adam({ beta1: 0.9, beta2: 0.99, epsilon: 0 }), degree: 0 },
  { name: "adam without memory", optimizer: () => adam({ beta1: 0, beta2: 0, epsilon: 0 }), degree: 0, exact: true },
  { name: "rmsProp", optimizer: () => rmsProp({ decay: 0.99, epsilon: 0, momentum: 0.9 }), degree: 0 },
  { name: "rmsProp without memory", optimizer: () => rmsProp({ decay: 0, epsilon: 0, momentum: 0 }), degree: 0, exact: true },
  { name: "adaGrad", optimizer: () => adaGrad({ epsilon: 0 }), degree: 0 },
  { name: "shampoo", optimizer: () => shampoo({ exponent: "quarter", accumulate: true, epsilon: 0 }), degree: 0 },
  { name: "shampoo, half", optimizer: () => shampoo({ exponent: "half", accumulate: true, epsilon: 0 }), degree: -1 },
  ...([{ kind: "quadratic" }, { kind: "power", p: 3 }, { kind: "hyperbolicEntropy", beta: 0.1 }] as const).map(
    (potential): Rule => ({ name: `mirror descent, ${potential.kind}`, optimizer: () => mirrorDescent({ potential }), degree: 1 }),
  ),
  {
    name: "adam with epsilon",
    optimizer: (c) => adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-3 * Math.exp(c) }),
    degree: 0,
    longestShift: 600,
  },
  {
    name: "rmsProp with epsilon",
    optimizer: (c) => rmsProp({ decay: 0.9, epsilon: 1e-3 * Math.exp(c), momentum: 0.5 }),
    degree: 0,
    longestShift: 600,
  },
  { name: "adaGrad with epsilon", optimizer: (c) => adaGrad({ epsilon: 1e-3 * Math.exp(c) }), degree: 0, longestShift: 600 },
  {
    name: "shampoo with epsilon",
    optimizer: (c) => shampoo({ exponent: "quarter", accumulate: true, epsilon: 1e-2 * Math.exp(2 * c) }),
    degree: 0,
    longestShift: 300,
  },
];

/** Deterministic entries in [-1, 1], none near 0, and log risks that move both ways. */
const ghatAt = (t: number): Float64Array =>
  Float64Array.from({ length: shape.length }, (_, j) => Math.cos(3 + 7 * t + 2.3 * j * j) + (j % 2 ? 0.02 : -0.02));
const logRiskAt = (t: number): number => 2 * Math.sin(1.3 * t) - 0.3 * t;
const theta0 = Float64Array.from({ length: shape.length }, (_, j) => (j % 3) - 1.5 + j / 10);

describe.each(hosts)("the loss frame on the $host", ({ kernels }) => {
  describe.each(rules)("$name", ({ optimizer, degree, exact, longestShift = 5000 }) => {
    test.each([-1, -0.7031, -0.01, 0.333, 1])("at %d of the longest shift of the log risk makes the same steps", (share) => {
      const shift = share * longestShift;
      const [near, far] = [0, shift].map((c) => boundOptimizer(optimizer(c), shape, kernels));
      for (let t = 0; t < 12; t++) {
        const [expected, actual] = [near!, far!].map(({ theta, aim, move }, which) => {
          theta.set(theta0);
          aim(logRiskAt(t) + which * shift, ghatAt(t));
          move({ size: 0.01, logScale: -which * degree * shift });
          return theta.slice();
        });
        if (exact) expect(actual).toEqual(expected);
        else {
          const moved = largestDifference(expected!, theta0);
          expect(moved).toBeGreaterThan(0);
          // 1e-11 of the step, and what adding it to θ rounds
          expect(largestDifference(actual!, expected!)).toBeLessThanOrEqual(1e-11 * moved + 2 ** -50 * largestEntry(theta0));
        }
      }
    });

    test("a step that is taken back and taken again is the same step, bit for bit", () => {
      const bound = boundOptimizer(optimizer(0), shape, kernels);
      const plain = boundOptimizer(optimizer(0), shape, kernels);
      const sizes = [0.3, 0.02, 1e-3].map((size) => ({ size, logScale: 0 }));
      for (let t = 0; t < 6; t++) {
        bound.theta.set(theta0);
        plain.theta.set(theta0);
        bound.aim(logRiskAt(t), ghatAt(t));
        plain.aim(logRiskAt(t), ghatAt(t));
        for (const stepSize of sizes) {
          bound.move(stepSize);
          bound.theta.set(theta0);
        }
        expect(bound.move(sizes[0]!)).toBe(plain.move(sizes[0]!));
        expect(bound.theta).toEqual(plain.theta);
      }
    });
  });
});
