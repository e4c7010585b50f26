import type { ScalarKernels } from "@steepest/kernels";
import fc from "fast-check";
import { anyDouble, number, type Recipe } from "./recipe.js";

const everyDouble = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((word) => new Float64Array(BigUint64Array.of(word).buffer)[0]!);

const within = (low: number, high: number): fc.Arbitrary<number> => fc.double({ min: low, max: high, noNaN: true });

/** A scalar function takes no vector; `length` only repeats the draw. */
const scalar =
  (...ranges: (readonly [number, number])[]): Recipe =>
  () =>
    fc.oneof(anyDouble, everyDouble, ...ranges.map(([low, high]) => within(low, high))).map((x) => [number(x)]);

export const scalarRecipes: Record<keyof ScalarKernels, Recipe> = {
  exp: scalar([-1, 1], [-746, -700], [-745, 710]),
  log: scalar([0.5, 2], [0, 2.3e-308], [0, 100]),
  log1p: scalar([-1, 1], [-0.3, 0.42], [0, 100]),
  expm1: scalar([-1, 1], [-40, 40], [0, 710]),
};
