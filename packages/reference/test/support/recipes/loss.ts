import type { LossKernels } from "@steepest/kernels";
import fc from "fast-check";
import { type Argument, alias, anyVector, inout, input, number, output, type Recipe } from "./recipe.js";

/** Margins of a run: all wrong, mixed, separated and past the range of e^−q; sometimes anything. */
const margins = (n: number): fc.Arbitrary<Float64Array> => {
  const spread = fc.constantFrom(
    [-50, 50],
    [-2, 2],
    [30, 45],
    [-45, -30],
    [1, 4],
    [4, 38],
    [-38, -1],
    [700, 760],
    [1e5, 1e5 + 40],
    [-1e5, 1e5],
  );
  const run = spread.chain(([min, max]) =>
    fc.array(fc.double({ min: min!, max: max!, noNaN: true }), { minLength: n, maxLength: n, size: "max" }),
  );
  return fc.oneof({ weight: 4, arbitrary: run.map((values) => Float64Array.from(values)) }, { weight: 1, arbitrary: anyVector(n) });
};

/** Losses need at least one sample, so length 0 is drawn as 1. */
const loss =
  (...calls: ((q: Float64Array) => readonly Argument[])[]): Recipe =>
  (length) =>
    fc.tuple(margins(Math.max(length, 1)), fc.constantFrom(...calls)).map(([q, call]) => call(q));

/** Scores and targets of `length` samples with few outputs: anything, often equal, sometimes far apart. */
const residuals: Recipe = (length) => {
  const n = Math.max(length, 1);
  return fc.integer({ min: 1, max: 4 }).chain((outputs) =>
    fc
      .tuple(anyVector(n * outputs), anyVector(n * outputs), fc.constantFrom(0, 5e-324, 2 ** -600, 1, 1e300))
      .map(([targets, noise, scale]) => {
        const scores = targets.map((value, i) => value + scale * noise[i]!);
        return [input(scores), input(targets), output(n * outputs), output(n), number(n), number(outputs)];
      }),
  );
};

export const lossRecipes: Record<keyof LossKernels, Recipe> = {
  exponentialLoss: loss(
    (q) => [input(q), output(q.length), number(q.length)],
    (q) => [inout(q), alias(0), number(q.length)],
  ),
  logisticLoss: loss((q) => [input(q), output(q.length), number(q.length)]),
  squaredLoss: residuals,
};
