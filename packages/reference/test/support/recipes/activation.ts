import type { ActivationKernels } from "@steepest/kernels";
import fc from "fast-check";
import { type Argument, alias, anyDouble, anyVector, inout, input, number, output, type Recipe } from "./recipe.js";

/** The argument list of an activation without parameters. */
const noScalar = fc.constant<Argument[]>([]);

/** Arguments over every branch of an activation: around 0, across the exponential's range, anything. */
const across = (n: number): fc.Arbitrary<Float64Array> => {
  const ranges = [
    [-2, 2],
    [-45, 45],
    [-800, 800],
  ] as const;
  const spread = fc
    .constantFrom(...ranges)
    .chain(([min, max]) => fc.array(fc.double({ min, max, noNaN: true }), { minLength: n, maxLength: n, size: "max" }));
  return fc.oneof(
    anyVector(n),
    spread.map((values) => Float64Array.from(values)),
  );
};

/** z → a, in place or not, with further scalars. */
const forward =
  (scalars: fc.Arbitrary<Argument[]>): Recipe =>
  (n) =>
    fc
      .tuple(across(n), scalars, fc.boolean())
      .map(([z, rest, inPlace]) => [...(inPlace ? [inout(z), alias(0)] : [input(z), output(n)]), number(n), ...rest]);

/** (z, da) → dz, over da or not, with further scalars. */
const backward =
  (scalars: fc.Arbitrary<Argument[]>): Recipe =>
  (n) =>
    fc
      .tuple(across(n), anyVector(n), scalars, fc.boolean())
      .map(([z, da, rest, inPlace]) => [input(z), ...(inPlace ? [inout(da), alias(1)] : [input(da), output(n)]), number(n), ...rest]);

const slope = fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), anyDouble).map((value) => [number(value)]);
const halves = fc.integer({ min: 2, max: 9 }).map((value) => [number(value)]);
const alpha = fc.oneof(fc.double({ min: 0, max: 2, noNaN: true }), anyDouble).map((value) => [number(value)]);

export const activationRecipes: Record<keyof ActivationKernels, Recipe> = {
  reluForward: forward(noScalar),
  reluBackward: backward(noScalar),
  leakyReluForward: forward(slope),
  leakyReluBackward: backward(slope),
  reluPowerForward: forward(halves),
  reluPowerBackward: backward(halves),
  absForward: forward(noScalar),
  absBackward: backward(noScalar),
  siluForward: forward(noScalar),
  siluBackward: backward(noScalar),
  geluForward: forward(noScalar),
  geluBackward: backward(noScalar),
  eluForward: forward(alpha),
  eluBackward: backward(alpha),
  softplusForward: forward(noScalar),
  softplusBackward: backward(noScalar),
  tanhForward: forward(noScalar),
  tanhBackward: backward(noScalar),
};
