import type { NormKernels } from "@steepest/kernels";
import fc from "fast-check";
import { type Argument, alias, anyVector, inout, input, number, output, type Recipe, scratch } from "./recipe.js";

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

export const normRecipes: Record<keyof NormKernels, Recipe> = {
  lmoL1: map(),
  lmoL2: map(positive, positive),
  lmoLinf: map(),
  projectL1: (n) => map(radius)(n).map((args) => [...args, scratch(8 * n)]),
  projectL2: map(positive, positive, radius),
  projectLinf: map(radius),
};
