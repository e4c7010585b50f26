import type { VectorKernels } from "@steepest/kernels";
import fc from "fast-check";
import { type Argument, alias, anyDouble, anyVector, inout, input, number, output, plainVector, type Recipe } from "./recipe.js";

/** A factor: often one that rounds, sometimes anything. */
const factor = fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), anyDouble);

/** One of several argument lists, so that every permitted aliasing is drawn. */
const draw = <T extends readonly unknown[]>(
  parts: { [K in keyof T]: fc.Arbitrary<T[K]> },
  ...calls: ((...drawn: T) => readonly Argument[])[]
) => fc.tuple(fc.tuple<[...T]>(...(parts as never)), fc.constantFrom(...calls)).map(([drawn, call]) => call(...(drawn as unknown as T)));

/** A kernel that reads x[n] and returns a number. */
const reduction: Recipe = (n) => anyVector(n).map((x) => [input(x), number(n)]);

/** Row counts that are multiples of no block size. */
const rowCount = fc.integer({ min: 0, max: 5 });

const matrix = (columns: number): fc.Arbitrary<{ rows: number; x: Float64Array }> =>
  rowCount.chain((rows) => anyVector(rows * columns).map((x) => ({ rows, x })));

const rowReduction: Recipe = (columns) => matrix(columns).map(({ rows, x }) => [input(x), output(rows), number(rows), number(columns)]);

/** Exponents with a branch of their own, ordinary ones, sometimes anything. */
const exponent = fc.oneof(fc.constantFrom(0, 0.5, 1, 2), fc.double({ min: 0, max: 40, noNaN: true }), anyDouble);

/** Divisors of the entries: positive in most draws, sometimes anything. */
const divisor = fc.oneof(fc.constantFrom(1, 100), fc.double({ min: 0, max: 3, minExcluded: true, noNaN: true }), anyDouble);

/** Vectors of the unit ball of ℓ∞ as well, for kernels whose callers scale. */
const scaledVector = (n: number): fc.Arbitrary<Float64Array> =>
  fc.oneof(
    anyVector(n),
    plainVector(n).map((x) => x.map((v) => v / 100)),
  );

/** Every branch of asinh and sinh: tiny, around 1 and 2, up to 22, close to overflow. */
const hyperbolicVector = (n: number): fc.Arbitrary<Float64Array> =>
  fc.tuple(plainVector(n), fc.constantFrom(1e-10, 1e-2, 0.05, 0.3, 7.105, 1e7)).map(([x, scale]) => x.map((v) => v * scale));

export const vectorRecipes: Record<keyof VectorKernels, Recipe> = {
  scale: (n) =>
    draw(
      [anyVector(n), factor],
      (x, c) => [input(x), output(n), number(n), number(c)],
      (x, c) => [inout(x), alias(0), number(n), number(c)],
    ),
  axpy: (n) =>
    draw(
      [anyVector(n), anyVector(n), factor],
      (x, y, c) => [input(x), inout(y), number(n), number(c)],
      (x, _, c) => [inout(x), alias(0), number(n), number(c)],
    ),
  axpby: (n) =>
    draw(
      [anyVector(n), anyVector(n), factor, factor],
      (x, y, a, b) => [input(x), inout(y), number(n), number(a), number(b)],
      (x, _, a, b) => [inout(x), alias(0), number(n), number(a), number(b)],
    ),
  multiply: (n) =>
    draw(
      [anyVector(n), anyVector(n)],
      (x, y) => [input(x), input(y), output(n), number(n)],
      (x, y) => [inout(x), input(y), alias(0), number(n)],
      (x, y) => [input(x), inout(y), alias(1), number(n)],
    ),
  dot: (n) => draw([anyVector(n), anyVector(n)], (x, y) => [input(x), input(y), number(n)]),
  sumAbs: reduction,
  maxAbs: reduction,
  sumSquares: (n) => draw([anyVector(n), factor], (x, c) => [input(x), number(n), number(c)]),
  argmaxAbs: reduction,
  minimum: reduction,
  scaleRows: (columns) =>
    matrix(columns).chain(({ rows, x }) =>
      draw(
        [fc.constant(x), anyVector(rows)],
        (x, c) => [input(x), input(c), output(x.length), number(rows), number(columns)],
        (x, c) => [inout(x), input(c), alias(0), number(rows), number(columns)],
      ),
    ),
  rowSumAbs: rowReduction,
  rowMaxAbs: rowReduction,
  rowSumSquares: rowReduction,
  rowEuclidean: rowReduction,
  transpose: (length) =>
    fc
      .tuple(fc.integer({ min: 0, max: 19 }), fc.boolean())
      .map(([count, wide]) => (wide ? ([count, length] as const) : ([length, count] as const)))
      .chain(([rows, columns]) => anyVector(rows * columns).map((x) => [input(x), output(x.length), number(rows), number(columns)])),
  sumPower: (n) => draw([scaledVector(n), divisor, exponent], (x, c, e) => [input(x), number(n), number(c), number(e)]),
  signedPower: (n) =>
    draw(
      [scaledVector(n), divisor, exponent, factor],
      (x, c, e, f) => [input(x), output(n), number(n), number(c), number(e), number(f)],
      (x, c, e, f) => [inout(x), alias(0), number(n), number(c), number(e), number(f)],
    ),
  mirrorPower: (n) =>
    draw([scaledVector(n), scaledVector(n), factor, fc.oneof(fc.constantFrom(1, 1e-5, 999), exponent)], (theta, direction, length, e) => [
      inout(theta),
      input(direction),
      number(n),
      number(length),
      number(e),
    ]),
  decayHypot: (n) =>
    draw([anyVector(n), anyVector(n), factor, factor], (x, r, decay, gain) => [input(x), inout(r), number(n), number(decay), number(gain)]),
  adamDirection: (n) =>
    draw(
      [anyVector(n), anyVector(n), factor, factor, fc.oneof(fc.constantFrom(0, 1e-8, Number.POSITIVE_INFINITY), factor)],
      (m, r, a, b, e) => [input(m), input(r), output(n), number(n), number(a), number(b), number(e)],
      (m, r, a, b, e) => [inout(m), input(r), alias(0), number(n), number(a), number(b), number(e)],
      (m, r, a, b, e) => [input(m), inout(r), alias(1), number(n), number(a), number(b), number(e)],
    ),
  scaledAsinh: (n) =>
    draw(
      [fc.oneof(anyVector(n), hyperbolicVector(n)), divisor],
      (x, c) => [input(x), output(n), number(n), number(c)],
      (x, c) => [inout(x), alias(0), number(n), number(c)],
    ),
  scaledSinh: (n) =>
    draw(
      [fc.oneof(anyVector(n), hyperbolicVector(n)), factor],
      (x, c) => [input(x), output(n), number(n), number(c)],
      (x, c) => [inout(x), alias(0), number(n), number(c)],
    ),
};
