import type { NormSubject } from "../../src/index.js";

/** Correct subjects in plain JavaScript, written for clarity, which the laws must accept. */

const maxAbs = (x: Float64Array): number =>
  x.reduce((most, v) => (Number.isNaN(v) || Number.isNaN(most) ? Number.NaN : Math.max(most, Math.abs(v))), 0);
const sumAbs = (x: Float64Array): number => x.reduce((sum, v) => sum + Math.abs(v), 0);

function euclidean(x: Float64Array): number {
  const largest = maxAbs(x);
  if (largest === 0 || Number.isNaN(largest)) return largest;
  return largest * Math.sqrt(x.reduce((sum, v) => sum + (v / largest) ** 2, 0));
}

type Core = Pick<NormSubject, "norm" | "dualNorm" | "lmo" | "projectBall">;

/** A norm and its dual, each with the members that follow from the other one. */
export function paired(primal: Core, dual: Core, rest: Partial<NormSubject> = {}): [NormSubject, NormSubject] {
  const complete = (own: Core, other: Core, ask: () => NormSubject): NormSubject => ({
    ...own,
    ...rest,
    prox: (x, t) => {
      const projected = other.projectBall!(x, t);
      return x.map((v, i) => v - projected[i]!);
    },
    subgradientGap: (x, z) => {
      const value = own.norm(x);
      const product = x.reduce((sum, v, i) => sum + v * z[i]!, 0);
      return Math.max(own.dualNorm(z) - 1, value === 0 ? -1 : 1 - product / value);
    },
    get dual() {
      return ask();
    },
  });
  const one: NormSubject = complete(primal, dual, () => two);
  const two: NormSubject = complete(dual, primal, () => one);
  return [one, two];
}

const plainLinf: Core = {
  norm: maxAbs,
  dualNorm: sumAbs,
  lmo: (g) => g.map((v) => -Math.sign(v)),
  projectBall: (x, radius) => x.map((v) => Math.min(Math.max(v, -radius), radius)),
};

const plainL2: Core = {
  norm: euclidean,
  dualNorm: euclidean,
  lmo: (g) => {
    const largest = maxAbs(g);
    if (largest === 0) return new Float64Array(g.length);
    const shape = g.map((v) => v / largest);
    const length = euclidean(shape);
    return shape.map((v) => -v / length);
  },
  projectBall: (x, radius) => {
    const length = euclidean(x);
    if (length <= radius) return x.slice();
    const largest = maxAbs(x);
    return x.map((v) => (radius * (v / largest)) / (length / largest));
  },
};

const plainL1: Core = {
  norm: sumAbs,
  dualNorm: maxAbs,
  lmo: (g) => {
    const at = g.some(Number.isNaN) ? g.findIndex(Number.isNaN) : g.findIndex((v) => Math.abs(v) === maxAbs(g));
    return g.map((v, i) => (i === at ? -Math.sign(v) : 0));
  },
  projectBall: (x, radius) => {
    if (x.some(Number.isNaN)) return x.map(() => Number.NaN);
    const sizes = x.map(Math.abs).sort().reverse();
    if (sumAbs(sizes) <= radius) return x.slice();
    let sum = 0;
    let threshold = 0;
    sizes.forEach((size, k) => {
      sum += size;
      const candidate = (sum - radius) / (k + 1);
      if (size >= candidate) threshold = candidate;
    });
    return x.map((v) => Math.sign(v) * Math.max(Math.abs(v) - threshold, 0));
  },
};

const symmetric = { invariances: ["signs", "permutations"] } as const;
export const [linf, l1]: [NormSubject, NormSubject] = paired(plainLinf, plainL1, symmetric);
export const [l2]: [NormSubject, NormSubject] = paired(plainL2, plainL2, {
  invariances: ["signs", "permutations", "leftOrthogonal", "rightOrthogonal"],
});

const weights = Float64Array.of(2, 0.5, 3, 1);

/** ||D x||_inf with its dual ||D^-1 g||_1: a subject of one length only, without a projection. */
export const weightedLinf: NormSubject = {
  dimension: 4,
  invariances: ["signs"],
  norm: (x) => maxAbs(x.map((v, i) => v * weights[i]!)),
  dualNorm: (g) => sumAbs(g.map((v, i) => v / weights[i]!)),
  lmo: (g) => g.map((v, i) => -Math.sign(v) / weights[i]!),
};
