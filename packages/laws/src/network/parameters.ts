import fc from "fast-check";
import { type Arithmetic, entryOf, timesPowerOfTwo } from "../arithmetic.js";
import type { NetworkSubject } from "./networkSubject.js";

/** θ for a subject: small integers, and numbers in [-2, 2) that leave room for exact scaling. */
export function parameters({ blocks }: NetworkSubject, arithmetic: Arithmetic): fc.Arbitrary<Float64Array> {
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const entry = fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.integer({ min: -3, max: 3 }) },
    { weight: 3, arbitrary: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((units) => units * 2 ** -30) },
  );
  return fc
    .array(entry, { minLength: length, maxLength: length, size: "max" })
    .map((values) => Float64Array.from(values, (value) => entryOf(arithmetic, value)));
}

/**
 * The e for which powers of c = 2^e, and the roots inside, are exact in binary64, so that no ReLU changes sides between θ and cθ. An even power of two
 * has an exact root; a root of a root, in a network whose degrees are quarters, takes a power of 16. Other degrees are rounded whatever c is.
 */
export function exactExponent({ blocks }: NetworkSubject): number {
  return [2, 4, 8, 16].find((e) => blocks.every(({ degree }) => Number.isInteger(e * degree))) ?? 2;
}

/** Largest multiple of the exact exponent that keeps c^L well within the exponents of the arithmetic. */
export function mostScalings(subject: NetworkSubject, { exponents: { min, max } }: Arithmetic): number {
  const widest = Math.min(-min, max) / 2;
  return Math.max(1, Math.min(4, Math.floor(widest / (exactExponent(subject) * Math.max(subject.degree, 1)))));
}

/** c^degree value for c = 2^exponent. */
export function powerOfScale(exponent: number, degree: number, value: number): number {
  const power = exponent * degree;
  return Number.isInteger(power) ? timesPowerOfTwo(value, power) : value * 2 ** power;
}
