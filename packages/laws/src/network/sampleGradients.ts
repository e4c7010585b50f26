import { type Arithmetic, dot, evaluationError } from "../arithmetic.js";
import type { NetworkSubject } from "./networkSubject.js";

export function largest(x: Float64Array): number {
  return x.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}

/** ∇f(xᵢ; θ) of every sample. */
export function sampleGradients(subject: NetworkSubject, theta: Float64Array, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, i) => subject.gradient(theta, new Float64Array(count).fill(1, i, i + 1)));
}

/**
 * Bound of the difference of two evaluations of the scores. To first order, a rounding in one layer is passed on to the score of sample i with at most
 * Σ |θⱼ ∂f(xᵢ)/∂θⱼ| over the weights j of the layer; the score itself may be a sum that cancels.
 */
export function scoreRounding(subject: NetworkSubject, theta: Float64Array, scores: Float64Array, arithmetic: Arithmetic): number {
  let terms = largest(scores);
  for (const gradient of sampleGradients(subject, theta, scores.length)) {
    for (const { offset, length } of subject.blocks) {
      const { magnitude } = dot(theta.subarray(offset, offset + length), gradient.subarray(offset, offset + length));
      terms = Math.max(terms, magnitude);
    }
  }
  return 2 * evaluationError(theta.length, arithmetic) * terms;
}
