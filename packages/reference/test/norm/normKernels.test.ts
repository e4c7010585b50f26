import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { runs } from "../support/fuzz.js";
import { implementations } from "../support/implementations.js";
import { alias, finiteVector, inout, input, number, output, plainVector, scratch } from "../support/recipes/recipe.js";

const f64 = (...values: number[]): Float64Array => Float64Array.from(values);
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe.each(implementations)("%s: norm kernels", (_, kernels) => {
  const lmo = (name: "lmoL1" | "lmoLinf", ...g: number[]) =>
    call(kernels, name, [input(f64(...g)), output(g.length), number(g.length)], aligned).outputs[0]!;
  const onto = (name: "projectL1" | "projectLinf", radius: number, x: Float64Array) => {
    const last = name === "projectL1" ? [scratch(8 * x.length)] : [];
    return call(kernels, name, [input(x), output(x.length), number(x.length), number(radius), ...last], aligned).outputs[0]!;
  };

  test("lmoL1 moves one coordinate, the lowest index of the largest", () => {
    expect(lmo("lmoL1", 1, -3, 3)).toEqual(f64(0, 1, 0));
    expect(lmo("lmoL1", 5, -3, 3)).toEqual(f64(-1, 0, 0));
    expect(lmo("lmoL1", 0, -0, 0)).toEqual(f64(0, 0, 0));
    expect(lmo("lmoL1", 1, Number.NaN, 9)).toEqual(f64(0, Number.NaN, 0));
  });

  test("lmoLinf is minus the sign, 0 at 0, NaN where the gradient is not finite", () => {
    expect(lmo("lmoLinf", 2, -0.5, 0, -0, 1e-320)).toEqual(f64(-1, 1, 0, 0, -1));
    expect(lmo("lmoLinf", Number.POSITIVE_INFINITY, -1, Number.NaN)).toEqual(f64(Number.NaN, 1, Number.NaN));
  });

  test("lmoL2 divides by the norm, also where the squares would overflow", () => {
    const lmoL2 = (g: Float64Array, scale: number, norm: number) =>
      call(kernels, "lmoL2", [input(g), output(g.length), number(g.length), number(scale), number(norm)], aligned).outputs[0]!;
    expect(lmoL2(f64(3, -4, 0), 1, 5)).toEqual(f64(-0.6, 0.8, -0));
    const scale = 2 ** -1000;
    expect(lmoL2(f64(3 * 2 ** 1000, 4 * 2 ** 1000), scale, 5)).toEqual(f64(-0.6, -0.8));
    expect(lmoL2(f64(0, 0, 0), 1, 0)).toEqual(f64(0, 0, 0));
  });

  test("projectL2 and projectLinf by hand", () => {
    const [u] = call(kernels, "projectL2", [input(f64(3, -4)), output(2), number(2), number(1), number(5), number(10)], aligned).outputs;
    expect(u).toEqual(f64(6, -8));
    expect(onto("projectLinf", 2, f64(3, -4, 1, -0, Number.NaN))).toEqual(f64(2, -2, 1, -0, Number.NaN));
  });

  test("projectL1 by hand", () => {
    expect(onto("projectL1", 1, f64(3, -1, 0.5))).toEqual(f64(1, -0, 0));
    expect(onto("projectL1", 2, f64(-2, 2, 0.5))).toEqual(f64(-1, 1, 0));
    expect(onto("projectL1", 0, f64(-2, 2, 0.5))).toEqual(f64(-0, 0, 0));
    expect(onto("projectL1", 4.5, f64(-2, 2, 0.5))).toEqual(f64(-2, 2, 0.5));
    expect(onto("projectL1", 9, f64(1, Number.NaN, 0))).toEqual(f64(Number.NaN, Number.NaN, Number.NaN));
    expect(onto("projectL1", 1, f64())).toEqual(f64());
  });

  test("projectL1 in place is the same", () => {
    const x = f64(3, -1, 0.5, 2.75, -2.5);
    const [inPlace] = call(kernels, "projectL1", [inout(x), alias(0), number(5), number(1), scratch(40)], aligned).outputs;
    expect(inPlace).toEqual(onto("projectL1", 1, x));
  });

  test("no point of the ℓ1 ball is nearer than the projection", () => {
    const sizes = fc.integer({ min: 1, max: 60 });
    const cases = sizes.chain((n) => fc.tuple(plainVector(n), fc.double({ min: 1e-3, max: 500, noNaN: true })));
    fc.assert(
      fc.property(cases, ([x, radius]) => {
        const u = onto("projectL1", radius, x);
        const tolerance = 1e-12 * (radius + sum(x.map(Math.abs)));
        expect(sum(u.map(Math.abs))).toBeLessThanOrEqual(radius + tolerance);
        // <x - u, v - u> <= 0 for every vertex v = ±radius eᵢ
        const residual = x.map((value, i) => value - u[i]!);
        const atVertex = radius * Math.max(...residual.map(Math.abs));
        expect(atVertex - sum(residual.map((value, i) => value * u[i]!))).toBeLessThanOrEqual(100 * tolerance);
      }),
      runs(200),
    );
  });

  test("projectL1 leaves a point of the ball alone, bit for bit", () => {
    const cases = fc.integer({ min: 0, max: 40 }).chain(finiteVector);
    fc.assert(
      fc.property(cases, (x) => {
        expect(onto("projectL1", Number.POSITIVE_INFINITY, x)).toEqual(x);
      }),
      runs(100),
    );
  });
});
