import type { NormSubject } from "../src/index.js";

/** Correct subjects in plain JavaScript, written for clarity: what the laws must accept. */

const maxAbs = (x: Float64Array): number =>
  x.reduce((most, v) => (Number.isNaN(v) || Number.isNaN(most) ? Number.NaN : Math.max(most, Math.abs(v))), 0);
const sumAbs = (x: Float64Array): number => x.reduce((sum, v) => sum + Math.abs(v), 0);

function euclidean(x: Float64Array): number {
  const largest = maxAbs(x);
  if (largest === 0 || Number.isNaN(largest)) return largest;
  return largest * Math.sqrt(x.reduce((sum, v) => sum + (v / largest) ** 2, 0));
}

export const linf: NormSubject = {
  norm: maxAbs,
  dualNorm: sumAbs,
  lmo: (g) => g.map((v) => -Math.sign(v)),
  projectBall: (x, radius) => x.map((v) => Math.min(Math.max(v, -radius), radius)),
};

export const l2: NormSubject = {
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

export const l1: NormSubject = {
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

const weights = Float64Array.of(2, 0.5, 3, 1);

/** ||D x||_inf with its dual ||D^-1 g||_1: a subject of one length only, without a projection. */
export const weightedLinf: NormSubject = {
  dimension: 4,
  norm: (x) => maxAbs(x.map((v, i) => v * weights[i]!)),
  dualNorm: (g) => sumAbs(g.map((v, i) => v / weights[i]!)),
  lmo: (g) => g.map((v, i) => -Math.sign(v) / weights[i]!),
};
