import type { LabelledData } from "@steepest/core";

/** A constraint of the margin problem: sample i against its other sign, or against another class. */
export interface Pair {
  readonly sample: number;
  /** The other class; absent where labels are -1 and +1. */
  readonly other?: number;
}

/**
 * The constraints of labelled data: one per sample of two classes, C - 1 of C classes.
 *
 * @param data  samples with labels
 * @returns the pairs, sample by sample, other classes in their order
 */
export function pairsOf({ labels, classes }: LabelledData): Pair[] {
  return Array.from({ length: labels.length }, (_, sample) => sample).flatMap((sample): Pair[] => {
    if (classes === undefined) return [{ sample }];
    return Array.from({ length: classes }, (_, other) => other)
      .filter((other) => other !== labels[sample])
      .map((other) => ({ sample, other }));
  });
}

/**
 * The coefficients of the scores in the margin of a pair: yᵢ, or 1 at the sample's class and -1 at the other.
 *
 * @param data  the samples
 * @param pair  one of their pairs
 * @returns f64[outputs]
 */
export function seedsOf({ labels, classes }: LabelledData, { sample, other }: Pair): Float64Array {
  const label = labels[sample]!;
  if (classes === undefined) return Float64Array.of(label);
  const seeds = new Float64Array(classes);
  seeds[label] = 1;
  seeds[other!] = -1;
  return seeds;
}
