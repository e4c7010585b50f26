import type { NormKernels } from "@steepest/kernels";
import fc from "fast-check";
import { type Argument, alias, anyDouble, anyVector, inout, input, number, output, plainVector, type Recipe, scratch } from "./recipe.js";

/** Vectors with many equal entries, so that ties and thresholds that hit an entry are drawn. */
const tied = (n: number): fc.Arbitrary<Float64Array> =>
  fc.array(fc.integer({ min: -2, max: 2 }), { minLength: n, maxLength: n, size: "max" }).map((values) => Float64Array.from(values));

const vector = (n: number): fc.Arbitrary<Float64Array> => fc.oneof(tied(n), anyVector(n));

const radius = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, Number.POSITIVE_INFINITY),
  fc.double({ min: 0, max: 1000, noNaN: true }),
  fc.double({ min: 0, noNaN: true }),
);

const positive = fc.oneof(fc.constantFrom(0, 1, 2 ** -600), fc.double({ min: 0, max: 1000, noNaN: true }), fc.constant(Number.NaN));

/** `x → out` kernels with further arguments, both in place and out of place. */
const map =
  (...numbers: fc.Arbitrary<number>[]): Recipe =>
  (n) =>
    fc.tuple(vector(n), fc.tuple(...numbers), fc.boolean()).map(([x, values, inPlace]): readonly Argument[] => {
      const rest = [number(n), ...values.map(number)];
      return inPlace ? [inout(x), alias(0), ...rest] : [input(x), output(n), ...rest];
    });

/** Gaps of logarithms: 0, tiny, ordinary and beyond every range. */
const gaps = (n: number): fc.Arbitrary<Float64Array> =>
  fc.oneof(
    anyVector(n),
    fc.tuple(plainVector(n), fc.constantFrom(1e-17, 1e-6, 0.01, 1, 1e3)).map(([x, scale]) => x.map((v) => Math.abs(v * scale))),
  );

const inverseExponent = fc.oneof(fc.constantFrom(0.5, 1e-8, 2 ** -52, 2 ** -1000), fc.double({ min: 0, max: 0.5, noNaN: true }), anyDouble);

/** Two weights whose sum is one, often with one of them tiny or zero. */
const weights = fc
  .oneof(fc.constantFrom(0, 2 ** -60, 1e-12, 0.5, 1 - 2 ** -53, 1), fc.double({ min: 0, max: 1, noNaN: true }))
  .chain((one) => fc.constantFrom([one, 1 - one] as const, [1 - one, one] as const));

const ratio = fc.oneof(fc.constantFrom(0, 1, Number.POSITIVE_INFINITY), fc.double({ min: 0, max: 10, noNaN: true }), anyDouble);

export const normRecipes: Record<keyof NormKernels, Recipe> = {
  lmoL1: map(),
  lmoL2: map(positive, positive),
  lmoLinf: map(),
  projectL1: (n) => map(radius)(n).map((args) => [...args, scratch(8 * n)]),
  projectL2: map(positive, positive, radius),
  projectLinf: map(radius),
  lpLogGaps: map(fc.oneof(fc.constantFrom(1, 100), positive)),
  lpShareGaps: (n) =>
    fc.tuple(gaps(n), inverseExponent, weights, fc.boolean()).map(([x, low, [fast, slow], inPlace]): readonly Argument[] => {
      const rest = [number(n), number(low), number(fast), number(slow)];
      return inPlace ? [inout(x), alias(0), ...rest] : [input(x), output(n), ...rest];
    }),
  lpPart: (n) =>
    fc
      .tuple(vector(n), gaps(n), inverseExponent, positive, ratio, fc.constantFrom("apart", "x", "delta"))
      .map(([x, delta, exponent, first, w, place]): readonly Argument[] => {
        const rest = [number(n), number(exponent), number(first), number(w)];
        if (place === "apart") return [input(x), input(delta), output(n), ...rest];
        return place === "x" ? [inout(x), input(delta), alias(0), ...rest] : [input(x), inout(delta), alias(1), ...rest];
      }),
};
