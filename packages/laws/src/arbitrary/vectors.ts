import fc from "fast-check";
import { scaled } from "../scaling.js";

/** What norm laws range over: 2^-1074 is the smallest subnormal, 2^996 leaves room for sums of 40 entries. */
export const exponentRange = { min: -1074, max: 996 } as const;

const longest = 40;

/** One entry before scaling: small integers first, because counterexamples shrink to them and because they tie; zeros of both signs are frequent. */
export const entry: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 5, arbitrary: fc.integer({ min: -9, max: 9 }) },
  { weight: 4, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1, -1) },
);

/** An exponent of the common scale of a vector; half of the draws are 0, which it also shrinks to. */
export const exponents: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -40, max: 40 }) },
  { weight: 1, arbitrary: fc.integer(exponentRange) },
  { weight: 1, arbitrary: fc.constantFrom(exponentRange.min, -1022, -540, 510, exponentRange.max) },
);

/** Vectors of `dimension` entries, of 1 to 40 if undefined, before scaling. */
export function shapes(dimension: number | undefined): fc.Arbitrary<Float64Array> {
  const size = dimension === undefined ? { minLength: 1, maxLength: longest } : { minLength: dimension, maxLength: dimension };
  return fc.array(entry, { ...size, size: "max" }).map((values) => Float64Array.from(values));
}

/** Vectors at every scale from subnormal to about 1e300. */
export function vectors(dimension: number | undefined): fc.Arbitrary<Float64Array> {
  return fc.tuple(shapes(dimension), exponents).map(([shape, k]) => scaled(shape, k));
}

/** Two vectors of the same length, each at its own scale unless `commonScale`. */
export function vectorPairs(dimension: number | undefined, commonScale: boolean): fc.Arbitrary<{ x: Float64Array; y: Float64Array }> {
  const size = dimension === undefined ? { minLength: 1, maxLength: longest } : { minLength: dimension, maxLength: dimension };
  const pairs = fc.array(fc.tuple(entry, entry), { ...size, size: "max" });
  return fc.tuple(pairs, exponents, exponents).map(([entries, j, k]) => ({
    x: scaled(
      Float64Array.from(entries, ([x]) => x),
      j,
    ),
    y: scaled(
      Float64Array.from(entries, ([, y]) => y),
      commonScale ? j : k,
    ),
  }));
}
