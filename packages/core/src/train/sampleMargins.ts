import type { Scorer } from "../network/network.js";
import { exponentOf, nearest, type Scaled } from "../number/scaledNumber.js";

/** A score below it may have lost digits to underflow, on its way or itself. */
const leastScore = 2 ** -960;

/** Margins qᵢ = values[i] 2^exponent. */
export interface SampleMargins {
  /** f64[n]. What no double holds, beside the others, is the smallest number of its sign: not 0. */
  readonly values: Float64Array;
  /** 0 wherever f64 holds the smallest qᵢ. */
  readonly exponent: number;
}

/** f(xᵢ; θ) of one output, where the network says. */
function scaledScore(scorer: Scorer, i: number): Scaled | undefined {
  const scores = scorer.scaledScores?.(i);
  return scores && { mantissa: scores.mantissas[0]!, exponent: scores.exponent };
}

/** qᵢ of the last forward pass, of any size. */
function scaledMargin(scorer: Scorer, labels: ArrayLike<number>, i: number): Scaled {
  const score = scorer.scores.view[i]!;
  const { mantissa, exponent } = (Math.abs(score) < leastScore && scaledScore(scorer, i)) || { mantissa: score, exponent: 0 };
  return { mantissa: mantissa * labels[i]!, exponent };
}

/** True if every sample margin is positive, at `smallest` = minᵢ qᵢ in f64. */
export function areAllPositive(scorer: Scorer, labels: ArrayLike<number>, smallest: number): boolean {
  if (!(Math.abs(smallest) < leastScore)) return smallest > 0;
  for (let i = 0; i < labels.length; i++) if (!(scaledMargin(scorer, labels, i).mantissa > 0)) return false;
  return true;
}

/** The margins of the last forward pass, with a common power of two taken out where the smallest is out of the range of f64. */
export function sampleMarginsOf(scorer: Scorer, labels: ArrayLike<number>): SampleMargins {
  const margins = Array.from({ length: labels.length }, (_, i) => scaledMargin(scorer, labels, i));
  const smallest = margins.reduce((least, q) => (isBelow(q, least) ? q : least));
  const exponent = smallest.exponent === 0 || nearest(smallest) !== 0 ? 0 : exponentOf(smallest);
  const shift = Number.isFinite(exponent) ? exponent : 0;
  const values = Float64Array.from(margins, (q) => {
    const value = nearest({ ...q, exponent: q.exponent - shift });
    return value === 0 ? Math.sign(q.mantissa) * Number.MIN_VALUE : value;
  });
  return { values, exponent: shift };
}

function isBelow(a: Scaled, b: Scaled): boolean {
  const [signA, signB] = [Math.sign(a.mantissa), Math.sign(b.mantissa)];
  if (signA !== signB) return signA < signB;
  if (signA === 0) return false;
  const difference = exponentOf(a) - exponentOf(b);
  if (difference !== 0) return signA * difference < 0;
  return nearest({ ...a, exponent: a.exponent - b.exponent }) < b.mantissa;
}
