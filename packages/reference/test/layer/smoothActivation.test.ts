import { readFileSync } from "node:fs";
import type { ActivationKernels } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { implementations } from "../support/implementations.js";
import { firstDifference, roundingValues } from "../support/naiveProduct.js";
import { input, number, output } from "../support/recipes/recipe.js";
import { ulp, ulpError } from "../support/ulps.js";

type Row = readonly [argument: number, nearest: number, remainder: number];
type Name = "abs" | "silu" | "gelu" | "elu" | "softplus" | "tanh";

const golden: Record<string, readonly Row[]> = JSON.parse(readFileSync(new URL("../golden/activations.json", import.meta.url), "utf8"));
const { NaN: nan, POSITIVE_INFINITY: infinity, MAX_VALUE: largest } = Number;
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

/** Each activation with the bounds of its contract in ULPs, of f and f'; an f' with a zero may be off by 2⁻⁵³ instead. */
const bounds = [
  ["silu", 3, 3, 2 ** -53],
  ["gelu", 3, 3, 2 ** -53],
  ["elu", 2, 1, 0],
  ["softplus", 2, 3, 0],
  ["tanh", 3, 4, 0],
] as const;

describe.each(implementations)("%s: activations against 60-digit references", (_, kernels) => {
  const scalars = (name: Name, alpha: number) => (name === "elu" ? [number(alpha)] : []);
  const forward = (name: Name, z: Float64Array, alpha = 1): Float64Array => {
    const kernel: keyof ActivationKernels = `${name}Forward`;
    return call(kernels, kernel, [input(z), output(z.length), number(z.length), ...scalars(name, alpha)], aligned).outputs[0]!;
  };
  const backward = (name: Name, z: Float64Array, da: Float64Array, alpha = 1): Float64Array => {
    const kernel: keyof ActivationKernels = `${name}Backward`;
    return call(kernels, kernel, [input(z), input(da), output(z.length), number(z.length), ...scalars(name, alpha)], aligned).outputs[0]!;
  };
  const slope = (name: Name, z: Float64Array, alpha = 1) => backward(name, z, new Float64Array(z.length).fill(1), alpha);

  test.each(bounds)("%s stays within %d ULP, its derivative within %d or %d", (name, bound, slopeBound, absolute) => {
    for (const [table, f, ulps, slack] of [
      [name, forward, bound, 0],
      [`${name}Slope`, slope, slopeBound, absolute],
    ] as const) {
      const rows = golden[table]!;
      expect(rows.length).toBeGreaterThan(200);
      const values = f(name, f64(...rows.map(([z]) => z)));
      for (const [i, [z, nearest, remainder]] of rows.entries()) {
        const error = ulpError(values[i]!, nearest, remainder);
        expect(error <= ulps || error * ulp(nearest) <= slack, `${table}(${z}) = ${values[i]}, exact ${nearest}, ${error} ULP`).toBe(true);
      }
    }
  });

  test("limits, zeros and NaN", () => {
    const z = f64(infinity, -infinity, largest, -largest, nan, 0, -0, 5e-324, -5e-324);
    expect(forward("abs", z)).toEqual(f64(infinity, infinity, largest, largest, nan, 0, 0, 5e-324, 5e-324));
    expect(slope("abs", z)).toEqual(f64(1, -1, 1, -1, nan, 0, 0, 1, -1));
    for (const name of ["silu", "gelu"] as const) {
      expect(forward(name, z)).toEqual(f64(infinity, -0, largest, -0, nan, 0, -0, 0, -0));
      expect(slope(name, z)).toEqual(f64(1, -0, 1, -0, nan, 0.5, 0.5, 0.5, 0.5));
    }
    expect(forward("elu", z, 2)).toEqual(f64(infinity, -2, largest, -2, nan, 0, -0, 5e-324, -1e-323));
    expect(slope("elu", z, 2)).toEqual(f64(1, 0, 1, 0, nan, 2, 2, 1, 2));
    expect(forward("softplus", z)).toEqual(f64(infinity, 0, largest, 0, nan, Math.LN2, Math.LN2, Math.LN2, Math.LN2));
    expect(slope("softplus", z)).toEqual(f64(1, 0, 1, 0, nan, 0.5, 0.5, 0.5, 0.5));
    expect(forward("tanh", z)).toEqual(f64(1, -1, 1, -1, nan, 0, -0, 5e-324, -5e-324));
    expect(slope("tanh", z)).toEqual(f64(0, 0, 0, 0, nan, 1, 1, 1, 1));
  });

  test("the derivative is multiplied by what comes from above, also by NaN and infinity", () => {
    const [z, da] = [roundingValues(60, 8), roundingValues(60, 9)];
    for (const [name] of bounds) expect(backward(name, z, da)).toEqual(slope(name, z).map((value, i) => value * da[i]!));
    expect(backward("elu", z, da, 0.25)).toEqual(slope("elu", z, 0.25).map((value, i) => value * da[i]!));
    expect(backward("abs", z, da)).toEqual(da.map((value, i) => Math.sign(z[i]!) * value));
    expect(backward("abs", f64(1, -1, 0, -2), f64(-0, 0, infinity, nan))).toEqual(f64(-0, -0, 0, nan));
    expect(backward("silu", f64(3, 3), f64(nan, -infinity))).toEqual(f64(nan, -infinity));
  });

  test("identities: z = silu(z) - silu(-z) = gelu(z) - gelu(-z), z = softplus(z) - softplus(-z); tanh is odd, its derivative even", () => {
    const z = f64(...golden.silu!.map(([argument]) => argument)).filter((value) => Math.abs(value) < 1e300);
    const mirrored = z.map((value) => -value);
    for (const name of ["silu", "gelu", "softplus"] as const) {
      const [up, down] = [forward(name, z), forward(name, mirrored)];
      const bound = 4 * Number.EPSILON; // 3 ULP of each, and the rounding of the difference
      for (const [i, value] of z.entries()) {
        expect(Math.abs(up[i]! - down[i]! - value)).toBeLessThanOrEqual(bound * (Math.abs(up[i]!) + Math.abs(down[i]!)) + 1e-323);
      }
    }
    expect(forward("tanh", mirrored)).toEqual(forward("tanh", z).map((value) => -value));
    expect(slope("tanh", mirrored)).toEqual(slope("tanh", z));
    expect(forward("elu", z, 3)).toEqual(forward("elu", z).map((value, i) => (z[i]! > 0 ? value : 3 * value)));
  });

  test.each(["abs", ...bounds.map(([name]) => name)] as const)("%s treats an element alike at every position of every length", (name) => {
    const all = f64(2, -3, 0, -0, 0.5, -0.5, infinity, -infinity, nan, -720, 30, -1.3);
    for (let length = 0; length <= 19; length++) {
      const z = Float64Array.from({ length }, (__, i) => all[(5 * i + length) % all.length]!);
      const da = Float64Array.from({ length }, (__, i) => i - 7.5);
      const up = Float64Array.from({ length }, (__, i) => forward(name, z.subarray(i, i + 1), 0.75)[0]!);
      const down = Float64Array.from({ length }, (__, i) => backward(name, z.subarray(i, i + 1), da.subarray(i, i + 1), 0.75)[0]!);
      expect(firstDifference(forward(name, z, 0.75), up), `length ${length}`).toBeUndefined();
      expect(firstDifference(backward(name, z, da, 0.75), down), `length ${length}`).toBeUndefined();
    }
  });
});
