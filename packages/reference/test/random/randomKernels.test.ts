import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { runs } from "../support/fuzz.js";
import { implementations } from "../support/implementations.js";
import { number, output } from "../support/recipes/recipe.js";

describe.each(implementations)("%s: random numbers", (_, kernels) => {
  const draw = (name: "randomUniform" | "randomNormal", n: number, seed = 0, stream = 0) =>
    call(kernels, name, [output(n), number(n), number(seed), number(0), number(stream)], aligned).outputs[0]!;

  test("the first uniforms are the known words of block 0", () => {
    const [first, second] = [
      [0x6627e8d5, 0xe169c58d],
      [0xbc57ac4c, 0x9b00dbd8],
    ].map(([hi, lo]) => ((hi! >>> 5) * 2 ** 26 + (lo! >>> 6)) / 2 ** 53);
    expect([...draw("randomUniform", 2)]).toEqual([first, second]);
  });

  test("normals are the quantiles of the middles of their intervals", () => {
    // 50-digit values for the words of block 0; a start half an interval off would be 5 ULP away
    const [first, second] = draw("randomNormal", 2);
    expect(Math.abs(first! + 0.2558159494153198)).toBeLessThan(1.2e-16);
    expect(Math.abs(second! - 0.6301836750417386)).toBeLessThan(2.3e-16);
  });

  test.each([
    [367_999_194, 0, 6.668507565949692], // √(−log(1 − p)) > 5, the outermost of the three rational functions
    [201_793_728, 1, -6.253112645817389],
  ])("the rare normal of seed %d, found by a search, is right", (seed, index, expected) => {
    for (const n of [2, 16]) expect(Math.abs(draw("randomNormal", n, seed)[index]! - expected)).toBeLessThan(2e-15);
  });

  test("a longer draw starts with the shorter one, and other streams differ", () => {
    const lengths = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }));
    fc.assert(
      fc.property(lengths, fc.constantFrom("randomUniform", "randomNormal"), ([a, b], name) => {
        const short = Math.min(a, b);
        expect(draw(name, Math.max(a, b)).slice(0, short)).toEqual(draw(name, short));
      }),
      runs(100),
    );
    expect(draw("randomUniform", 4, 0, 1)).not.toEqual(draw("randomUniform", 4, 0, 0));
    expect(draw("randomUniform", 4, 1, 0)).not.toEqual(draw("randomUniform", 4, 0, 0));
  });

  test("moments of 100 000 numbers are those of the distribution", () => {
    const n = 100_000;
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const uniform = draw("randomUniform", n, 7);
    expect(Math.abs(mean(uniform) - 0.5)).toBeLessThan(5 / Math.sqrt(12 * n));
    expect(uniform.every((value) => value >= 0 && value < 1)).toBe(true);
    const normal = draw("randomNormal", n, 7);
    expect(Math.abs(mean(normal))).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(mean(normal.map((value) => value * value)) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(mean(normal.map((value) => value ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  });
});
