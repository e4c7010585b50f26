import type { Scorer } from "../network/network.js";
import { exponentOf, nearest, type Scaled, type ScaledVector } from "../number/scaledNumber.js";
import type { Head } from "./head.js";

/** A score below it may have lost digits to underflow, on its way or itself. */
const leastScore = 2 ** -960;

/** Margins qᵢ = values[i] 2^exponent. */
export interface SampleMargins {
  /** f64[n]. What no double holds, beside the others, is the smallest number of its sign: not 0. */
  readonly values: Float64Array;
  /** 0 wherever f64 holds the smallest qᵢ. */
  readonly exponent: number;
}

/** Samples as margins are read off them: the scores of the last forward pass, and a label each. */
export interface LabelledScores {
  readonly head: Head;
  readonly scorer: Scorer;
  /** f64[n]. */
  readonly labels: Float64Array;
}

/** The scores of a sample at the last forward pass, of any size where the network says. */
function scoresOf({ scorer, labels }: LabelledScores, i: number): ScaledVector {
  const outputs = scorer.scores.length / labels.length;
  const mantissas = scorer.scores.view.subarray(i * outputs, (i + 1) * outputs);
  const isTiny = mantissas.every((score) => Math.abs(score) < leastScore);
  return (isTiny && scorer.scaledScores?.(i)) || { mantissas, exponent: 0 };
}

/** qᵢ of the last forward pass, of any size. */
function scaledMargin(samples: LabelledScores, i: number): Scaled {
  return samples.head.margin(scoresOf(samples, i), samples.labels[i]!);
}

/** True if every sample margin is positive, at `smallest` = minᵢ qᵢ in f64. */
export function areAllPositive(samples: LabelledScores, smallest: number): boolean {
  if (!(Math.abs(smallest) < leastScore)) return smallest > 0;
  for (let i = 0; i < samples.labels.length; i++) if (!(scaledMargin(samples, i).mantissa > 0)) return false;
  return true;
}

/** The margins of the last forward pass, with a common power of two taken out where the smallest is out of the range of f64. */
export function sampleMarginsOf(samples: LabelledScores): SampleMargins {
  const margins = Array.from(samples.labels, (_, i) => scaledMargin(samples, i));
  const smallest = margins.reduce((least, q) => (isBelow(q, least) ? q : least));
  const inRange = nearest(smallest);
  const exponent = smallest.exponent === 0 || (inRange !== 0 && Number.isFinite(inRange)) ? 0 : exponentOf(smallest);
  const shift = Number.isFinite(exponent) ? exponent : 0;
  return { values: Float64Array.from(margins, (q) => inUnitsOf(q, shift)), exponent: shift };
}

/**
 * Means of each sample's margins with the weights of its multipliers, <seedsᵢ, f(xᵢ)>, relative to the power of two of `margins`; `margins` themselves
 * where a sample has one only.
 */
export function weightedMarginsOf(samples: LabelledScores, seeds: Float64Array, { values, exponent }: SampleMargins): Float64Array {
  const { smoothed } = samples.head;
  if (!smoothed) return values;
  const outputs = seeds.length / samples.labels.length;
  return Float64Array.from(samples.labels, (label, i) =>
    inUnitsOf(smoothed.weighted(scoresOf(samples, i), seeds.subarray(i * outputs, (i + 1) * outputs), label), exponent),
  );
}

/** The share of samples on the right side; NaN where there are no classes. */
export function accuracyOf({ hasMargins }: Head, { values }: SampleMargins): number {
  if (!hasMargins) return Number.NaN;
  let positive = 0;
  for (const value of values) if (value > 0) positive++;
  return positive / values.length;
}

function inUnitsOf(q: Scaled, shift: number): number {
  const value = nearest({ ...q, exponent: q.exponent - shift });
  return value === 0 ? Math.sign(q.mantissa) * Number.MIN_VALUE : value;
}

function isBelow(a: Scaled, b: Scaled): boolean {
  const [signA, signB] = [Math.sign(a.mantissa), Math.sign(b.mantissa)];
  if (signA !== signB) return signA < signB;
  if (signA === 0) return false;
  const difference = exponentOf(a) - exponentOf(b);
  if (difference !== 0) return signA * difference < 0;
  return nearest({ ...a, exponent: a.exponent - b.exponent }) < b.mantissa;
}
