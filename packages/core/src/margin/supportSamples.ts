import { requireNonNegative, requireNumbers } from "../check/require.js";

/**
 * Indices of the samples whose margin is at most (1 + tolerance) times the smallest, in increasing order; empty unless every margin is positive.
 *
 * @param sampleMargins  qᵢ, one per sample
 * @param tolerance      >= 0, relative to the smallest margin: 0.01 for 1 %
 * @returns indices from 0
 */
export function supportSamples(sampleMargins: ArrayLike<number>, tolerance: number): number[] {
  requireNonNegative("tolerance", tolerance);
  const margins = Array.from(requireNumbers("sampleMargins", sampleMargins));
  const smallest = margins.reduce((least, q) => Math.min(least, q), Infinity);
  if (!(smallest > 0)) return [];
  return margins.flatMap((q, i) => (q <= smallest * (1 + tolerance) ? [i] : []));
}
