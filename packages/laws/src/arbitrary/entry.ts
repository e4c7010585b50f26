import fc from "fast-check";

/** One entry before scaling: small integers first, because counterexamples shrink to them and because they tie; zeros of both signs are frequent. */
export const entry: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 5, arbitrary: fc.integer({ min: -9, max: 9 }) },
  { weight: 4, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1, -1) },
);
