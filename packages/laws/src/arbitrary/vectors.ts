import fc from "fast-check";
import type { Layout, NormDomain } from "../norm/normSubject.js";
import { scaled } from "../scaling.js";
import { entry } from "./entry.js";
import { matrices } from "./matrices.js";

/** What norm laws range over: 2^-1074 is the smallest subnormal, 2^996 leaves room for sums of 40 entries. */
export const exponentRange = { min: -1074, max: 996 } as const;

const longest = 40;

/** An exponent of the common scale of a vector; half of the draws are 0, which it also shrinks to. */
export const exponents: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -40, max: 40 }) },
  { weight: 1, arbitrary: fc.integer(exponentRange) },
  { weight: 1, arbitrary: fc.constantFrom(exponentRange.min, -1022, -540, 510, exponentRange.max) },
);

function laidOut(layout: Layout): fc.Arbitrary<Float64Array> {
  return fc.tuple(...layout.map(([rows, columns]) => matrices(rows, columns))).map((blocks) => Float64Array.from(blocks.flat()));
}

function lengths({ dimension }: NormDomain): fc.ArrayConstraints {
  return dimension === undefined
    ? { minLength: 1, maxLength: longest, size: "max" }
    : { minLength: dimension, maxLength: dimension, size: "max" };
}

/** Vectors of the domain before scaling; of 1 to 40 entries where any length will do. */
export function shapes(domain: NormDomain): fc.Arbitrary<Float64Array> {
  if (domain.layouts) return fc.oneof(...domain.layouts.map(laidOut));
  return fc.array(entry, lengths(domain)).map((values) => Float64Array.from(values));
}

/** Vectors at every scale from subnormal to about 1e300. */
export function vectors(domain: NormDomain): fc.Arbitrary<Float64Array> {
  return fc.tuple(shapes(domain), exponents).map(([shape, k]) => scaled(shape, k));
}

function shapePairs(domain: NormDomain): fc.Arbitrary<[Float64Array, Float64Array]> {
  if (domain.layouts) return fc.oneof(...domain.layouts.map((layout) => fc.tuple(laidOut(layout), laidOut(layout))));
  return fc
    .array(fc.tuple(entry, entry), lengths(domain))
    .map((entries) => [Float64Array.from(entries, ([x]) => x), Float64Array.from(entries, ([, y]) => y)]);
}

/** Two vectors of the same length, each at its own scale unless `commonScale`. */
export function vectorPairs(domain: NormDomain, commonScale: boolean): fc.Arbitrary<{ x: Float64Array; y: Float64Array }> {
  return fc
    .tuple(shapePairs(domain), exponents, exponents)
    .map(([[x, y], j, k]) => ({ x: scaled(x, j), y: scaled(y, commonScale ? j : k) }));
}
