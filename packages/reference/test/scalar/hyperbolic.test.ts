import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { implementations } from "../support/implementations.js";
import { input, number, output } from "../support/recipes/recipe.js";
import { ulpError } from "../support/ulps.js";

type Row = readonly [argument: number, nearest: number, remainder: number];

const golden: Record<"asinh" | "sinh", readonly Row[]> = JSON.parse(
  readFileSync(new URL("../golden/hyperbolic.json", import.meta.url), "utf8"),
);

describe.each(implementations)("%s: hyperbolic functions", (_, kernels) => {
  const apply = (name: "scaledAsinh" | "scaledSinh", x: readonly number[], scale: number): Float64Array =>
    call(kernels, name, [input(Float64Array.from(x)), output(x.length), number(x.length), number(scale)], aligned).outputs[0]!;

  test.each([
    ["scaledAsinh", golden.asinh],
    ["scaledSinh", golden.sinh],
  ] as const)("%s stays within 3 ULP of 50-digit references", (name, rows) => {
    expect(rows.length).toBeGreaterThan(600);
    const values = apply(
      name,
      rows.map(([x]) => x),
      1,
    );
    for (const [i, row] of rows.entries()) expect(ulpError(values[i]!, row[1], row[2]), `${row[0]}`).toBeLessThanOrEqual(3);
  });

  test("both are odd, keep zero and infinity, show NaN, and scale", () => {
    const infinity = Number.POSITIVE_INFINITY;
    const special = [0, -0, infinity, -infinity, Number.NaN];
    expect(apply("scaledAsinh", special, 2)).toEqual(Float64Array.of(0, 0, infinity, -infinity, Number.NaN));
    expect(apply("scaledSinh", special, 2)).toEqual(Float64Array.of(0, 0, infinity, -infinity, Number.NaN));
    expect(apply("scaledSinh", [711, -711], 1)).toEqual(Float64Array.of(infinity, -infinity));
    for (const x of [1e-9, 0.3, 1, 1.7, 2.5, 30, 709.9]) {
      expect(apply("scaledAsinh", [-x], 1)[0]).toBe(-apply("scaledAsinh", [x], 1)[0]!);
      expect(apply("scaledSinh", [-x], 1)[0]).toBe(-apply("scaledSinh", [x], 1)[0]!);
      expect(apply("scaledAsinh", [4 * x], 4)[0]).toBe(apply("scaledAsinh", [x], 1)[0]);
      expect(apply("scaledSinh", [x], 0.5)[0]).toBe(0.5 * apply("scaledSinh", [x], 1)[0]!);
    }
  });
});
