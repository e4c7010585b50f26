import type { LimitState, LimitSubject, NormSubject } from "../../src/index.js";
import { l1, l2, linf } from "./plainNorms.js";

/** yᵢ xᵢ with labels 1, -1, 1: the best direction is (1, 1) in every norm here. */
const signed = [Float64Array.of(2, 1), Float64Array.of(1, 2), Float64Array.of(4, 3)];
const labels = [1, -1, 1];

const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, v, i) => sum + v * y[i]!, 0);

/** q = <θ, x> of a linear model, or <θ ⊙ θ, x> with degree 2. */
function state(theta: Float64Array, degree: 1 | 2, { norm, dualNorm }: NormSubject): LimitState {
  const powers = degree === 1 ? theta : theta.map((v) => v * v);
  const slopes = degree === 1 ? theta.map(() => 1) : theta.map((v) => 2 * v);
  const sampleMargins = Float64Array.from(signed, (x) => dot(powers, x));
  const marginGradients = signed.map((x) => x.map((v, j) => v * slopes[j]!));
  const smallest = Math.min(...sampleMargins);
  const logRisk = -smallest + Math.log(sampleMargins.reduce((sum, q) => sum + Math.exp(smallest - q), 0));
  const weights = sampleMargins.map((q) => Math.exp(-q - logRisk));
  const descent = theta.map((_, j) => marginGradients.reduce((sum, gradient, i) => sum + weights[i]! * gradient[j]!, 0));
  const factor = (norm(theta) / dualNorm(descent)) * smallest ** (1 - 2 / degree);
  return {
    theta,
    sampleMargins,
    marginGradients,
    logRisk,
    multipliers: weights.map((w) => factor * w),
    stationarity: 1 - dot(theta, descent) / (norm(theta) * dualNorm(descent)),
  };
}

function limits(norm: NormSubject, degree: 1 | 2, maxMargin?: number): LimitSubject {
  const states = [1, 3, 10, 30, 100].flatMap((c) => [
    state(Float64Array.of(c, 0.95 * c), degree, norm),
    state(Float64Array.of(0.6 * c, c), degree, norm),
    state(Float64Array.of(c, c), degree, norm),
  ]);
  return { states, degree, norm: norm.norm, dualNorm: norm.dualNorm, ...(maxMargin === undefined ? {} : { maxMargin }) };
}

export const linearInLinf: LimitSubject = limits(linf, 1, 3);
export const linearInL2: LimitSubject = limits(l2, 1, 3 / Math.SQRT2);
export const squaredInL2: LimitSubject = limits(l2, 2);
export const squaredInL1: LimitSubject = limits(l1, 2);

const changed = (subject: LimitSubject, change: (at: LimitState) => Partial<LimitState>): LimitSubject => ({
  ...subject,
  states: subject.states.map((at) => ({ ...at, ...change(at) })),
});

const total = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0);

export const limitMutants: Readonly<Record<string, LimitSubject>> = {
  "multipliers that sum to one": changed(linearInLinf, ({ multipliers }) => ({
    multipliers: multipliers.map((v) => v / total(multipliers)),
  })),
  "multipliers of the logistic loss": changed(linearInLinf, ({ sampleMargins }) => ({
    multipliers: sampleMargins.map((q) => 1 / (1 + Math.exp(q))),
  })),
  "multipliers of the parameters before scaling": changed(linearInLinf, ({ multipliers, sampleMargins }) => ({
    multipliers: multipliers.map((v) => v * Math.min(...sampleMargins)),
  })),
  "stationarity as an angle of l2": changed(linearInLinf, ({ theta, sampleMargins, marginGradients, logRisk }) => {
    const weights = sampleMargins.map((q) => Math.exp(-q - logRisk));
    const descent = theta.map((_, j) => marginGradients.reduce((sum, gradient, i) => sum + weights[i]! * gradient[j]!, 0));
    return { stationarity: 1 - dot(theta, descent) / (l2.norm(theta) * l2.norm(descent)) };
  }),
  "gradients of the scores without their labels": changed(linearInLinf, ({ marginGradients }) => ({
    marginGradients: marginGradients.map((gradient, i) => gradient.map((v) => labels[i]! * v)),
  })),
  "margins that count a sample twice": changed(linearInL2, ({ sampleMargins }) => ({ sampleMargins: sampleMargins.map((q) => 2 * q) })),
  "largest margin of another norm": { ...linearInLinf, maxMargin: linearInL2.maxMargin! },
};
