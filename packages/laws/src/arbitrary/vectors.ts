import fc from "fast-check";
import { type Arithmetic, entryOf, scaled } from "../arithmetic.js";
import type { Layout, NormDomain } from "../norm/normSubject.js";
import { entry } from "./entry.js";
import { matrices } from "./matrices.js";

const longest = 40;

/** An exponent of the common scale of a vector; half of the draws are 0, which it also shrinks to. */
export function exponents({ exponents: { min, max }, edges }: Arithmetic): fc.Arbitrary<number> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: Math.max(-40, min), max: Math.min(40, max) }) },
    { weight: 1, arbitrary: fc.integer({ min, max }) },
    { weight: 1, arbitrary: fc.constantFrom(...edges) },
  );
}

function laidOut(layout: Layout): fc.Arbitrary<Float64Array> {
  return fc.tuple(...layout.map(([rows, columns]) => matrices(rows, columns))).map((blocks) => Float64Array.from(blocks.flat()));
}

function lengths({ dimension }: NormDomain): fc.ArrayConstraints {
  return dimension === undefined
    ? { minLength: 1, maxLength: longest, size: "max" }
    : { minLength: dimension, maxLength: dimension, size: "max" };
}

/** x rounded to entries of the arithmetic and its range. */
export function asked(x: Float64Array, arithmetic: Arithmetic): Float64Array {
  return x.map((value) => entryOf(arithmetic, value));
}

/** Vectors of the domain before scaling; of 1 to 40 entries where the domain accepts any length. */
export function shapes(domain: NormDomain, arithmetic: Arithmetic): fc.Arbitrary<Float64Array> {
  return anyShapes(domain).map((shape) => asked(shape, arithmetic));
}

function anyShapes(domain: NormDomain): fc.Arbitrary<Float64Array> {
  if (domain.layouts) return fc.oneof(...domain.layouts.map(laidOut));
  return fc.array(entry, lengths(domain)).map((values) => Float64Array.from(values));
}

/** Vectors at every scale of the arithmetic: in binary64 from subnormal to about 1e300. */
export function vectors(domain: NormDomain, arithmetic: Arithmetic): fc.Arbitrary<Float64Array> {
  return fc.tuple(shapes(domain, arithmetic), exponents(arithmetic)).map(([shape, k]) => asked(scaled(shape, k), arithmetic));
}

function shapePairs(domain: NormDomain): fc.Arbitrary<[Float64Array, Float64Array]> {
  if (domain.layouts) return fc.oneof(...domain.layouts.map((layout) => fc.tuple(laidOut(layout), laidOut(layout))));
  return fc
    .array(fc.tuple(entry, entry), lengths(domain))
    .map((entries) => [Float64Array.from(entries, ([x]) => x), Float64Array.from(entries, ([, y]) => y)]);
}

export interface VectorPair {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Two vectors of the same length, each at its own scale unless `commonScale`. */
export function vectorPairs(domain: NormDomain, arithmetic: Arithmetic, commonScale: boolean): fc.Arbitrary<VectorPair> {
  return fc.tuple(shapePairs(domain), exponents(arithmetic), exponents(arithmetic)).map(([[x, y], j, k]) => ({
    x: asked(scaled(asked(x, arithmetic), j), arithmetic),
    y: asked(scaled(asked(y, arithmetic), commonScale ? j : k), arithmetic),
  }));
}
