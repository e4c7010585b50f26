import { dot } from "../scaling.js";
import type { NetworkSubject } from "./networkSubject.js";

export function largest(x: Float64Array): number {
  return x.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}

/** ∇f(xᵢ; θ) of every sample. */
export function sampleGradients(subject: NetworkSubject, theta: Float64Array, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, i) => subject.gradient(theta, new Float64Array(count).fill(1, i, i + 1)));
}

/**
 * Σ |θⱼ ∂f(xᵢ)/∂θⱼ| over the entries j of a block, the largest over blocks and samples: to first order, what a rounding in one layer is passed on to
 * the score with. The score itself may be a sum that cancels.
 */
export function magnitudeOfTerms(subject: NetworkSubject, theta: Float64Array, count: number): number {
  let magnitude = 0;
  for (const gradient of sampleGradients(subject, theta, count)) {
    for (const { offset, length } of subject.blocks) {
      const terms = dot(theta.subarray(offset, offset + length), gradient.subarray(offset, offset + length));
      magnitude = Math.max(magnitude, terms.magnitude);
    }
  }
  return magnitude;
}
