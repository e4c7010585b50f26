import type { ActivationKernels } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { implementations } from "../support/implementations.js";
import { firstDifference, roundingValues } from "../support/naiveProduct.js";
import { input, number, output } from "../support/recipes/recipe.js";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

type Forward = "reluForward" | "leakyReluForward" | "reluPowerForward";
type Backward = "reluBackward" | "leakyReluBackward" | "reluPowerBackward";

/** Each pair of kernels with one choice of its scalar. */
const pairs: readonly (readonly [Forward & keyof ActivationKernels, Backward & keyof ActivationKernels, readonly number[]])[] = [
  ["reluForward", "reluBackward", []],
  ["leakyReluForward", "leakyReluBackward", [0.25]],
  ...[2, 3, 4, 5, 6, 7].map((halves) => ["reluPowerForward", "reluPowerBackward", [halves]] as const),
];

describe.each(implementations)("%s: activations", (_, kernels) => {
  const forward = (name: Forward, z: Float64Array, ...scalars: readonly number[]): Float64Array =>
    call(kernels, name, [input(z), output(z.length), number(z.length), ...scalars.map(number)], aligned).outputs[0]!;
  const backward = (name: Backward, z: Float64Array, da: Float64Array, ...scalars: readonly number[]): Float64Array =>
    call(kernels, name, [input(z), input(da), output(z.length), number(z.length), ...scalars.map(number)], aligned).outputs[0]!;

  const z = f64(2, -3, 0, -0, 5e-324, -5e-324, infinity, -infinity, nan);
  const da = f64(5, 5, 5, 5, -0, 5, -2, nan, 5);

  test("relu by hand", () => {
    expect(forward("reluForward", z)).toEqual(f64(2, 0, 0, 0, 5e-324, 0, infinity, 0, nan));
    expect(backward("reluBackward", z, da)).toEqual(f64(5, 0, 0, 0, -0, 0, -2, 0, nan));
  });

  test("leaky relu by hand: the derivative at 0 is the slope", () => {
    expect(forward("leakyReluForward", z, 0.5)).toEqual(f64(2, -1.5, 0, -0, 5e-324, -0, infinity, -infinity, nan));
    expect(backward("leakyReluBackward", z, da, 0.5)).toEqual(f64(5, 2.5, 2.5, 2.5, -0, 2.5, -2, nan, nan));
    expect(forward("leakyReluForward", f64(-1, 3), -2)).toEqual(f64(2, 3));
  });

  test("powers by hand", () => {
    const squares = f64(3, -3, 0, -0, 16, infinity, -infinity, nan);
    expect(forward("reluPowerForward", squares, 4)).toEqual(f64(9, 0, 0, 0, 256, infinity, 0, nan));
    expect(forward("reluPowerForward", squares, 3)).toEqual(f64(3 * Math.sqrt(3), 0, 0, 0, 64, infinity, 0, nan));
    expect(forward("reluPowerForward", f64(4), 5)).toEqual(f64(32));
    const ones = new Float64Array(8).fill(1);
    expect(backward("reluPowerBackward", squares, ones, 4)).toEqual(f64(6, 0, 0, 0, 32, infinity, 0, nan));
    expect(backward("reluPowerBackward", f64(4, 4), f64(1, -2), 5)).toEqual(f64(20, -40)); // (5/2) 4^(3/2)
    expect(backward("reluPowerBackward", f64(7, nan), f64(3, 3), 2)).toEqual(f64(3, nan)); // the first power does not read z
  });

  test("the first power is relu", () => {
    const values = roundingValues(23, 1);
    expect(forward("reluPowerForward", values, 2)).toEqual(forward("reluForward", values));
    expect(backward("reluPowerBackward", values, roundingValues(23, 2), 2)).toEqual(
      backward("reluBackward", values, roundingValues(23, 2)),
    );
  });

  test.each(pairs)("%s and %s %s obey Euler's law z · f'(z) = degree · f(z)", (up, down, scalars) => {
    const values = roundingValues(40, 3);
    const degree = up === "reluPowerForward" ? scalars[0]! / 2 : 1;
    const a = forward(up, values, ...scalars);
    const slopes = backward(down, values, new Float64Array(40).fill(1), ...scalars);
    for (const [i, value] of values.entries()) {
      expect(Math.abs(value * slopes[i]! - degree * a[i]!)).toBeLessThanOrEqual(16 * Number.EPSILON * Math.abs(degree * a[i]!));
    }
  });

  test.each(pairs)("%s and %s %s treat an element alike at every position of every length", (up, down, scalars) => {
    for (let length = 0; length <= 19; length++) {
      const values = Float64Array.from({ length }, (__, i) => z[i % 9]! * (1 + (i % 4)));
      const given = Float64Array.from({ length }, (__, i) => da[i % 9]!);
      const up1 = Float64Array.from({ length }, (__, i) => forward(up, values.subarray(i, i + 1), ...scalars)[0]!);
      const down1 = Float64Array.from(
        { length },
        (__, i) => backward(down, values.subarray(i, i + 1), given.subarray(i, i + 1), ...scalars)[0]!,
      );
      expect(firstDifference(forward(up, values, ...scalars), up1), `${up}, length ${length}`).toBeUndefined();
      expect(firstDifference(backward(down, values, given, ...scalars), down1), `${down}, length ${length}`).toBeUndefined();
    }
  });
});
