import fc from "fast-check";
import { timesPowerOfTwo } from "../scaling.js";
import type { NetworkSubject } from "./networkSubject.js";

/** θ for a subject: small integers, and numbers in [-2, 2) that leave room for exact scaling. */
export function parameters({ blocks }: NetworkSubject): fc.Arbitrary<Float64Array> {
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const entry = fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.integer({ min: -3, max: 3 }) },
    { weight: 3, arbitrary: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((units) => units * 2 ** -30) },
  );
  return fc.array(entry, { minLength: length, maxLength: length, size: "max" }).map((values) => Float64Array.from(values));
}

/** c^degree for c = 4^quarters; the degree is a multiple of 1/2 or the result is rounded. */
export function powerOfScale(quarters: number, degree: number, value: number): number {
  const exponent = 2 * quarters * degree;
  return Number.isInteger(exponent) ? timesPowerOfTwo(value, exponent) : value * 2 ** exponent;
}
