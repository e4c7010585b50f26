import { describe, expect, test } from "vitest";
import { implementations } from "../support/implementations.js";
import { golden, worst } from "../support/ulps.js";

describe.each(implementations)("%s: scalar functions against 50-digit references", (_, kernels) => {
  test.each([
    ["exp", 1],
    ["log", 1],
    ["log1p", 2],
    ["expm1", 2],
  ] as const)("%s stays within %d ULP", (name, bound) => {
    const rows = golden[name]!;
    expect(rows.length).toBeGreaterThan(500);
    expect(worst(kernels[name], rows).ulps).toBeLessThanOrEqual(bound);
  });

  test.each([
    ["exp", Number.NEGATIVE_INFINITY, 0],
    ["exp", Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["exp", -0, 1],
    ["exp", 1, Math.E],
    ["exp", 709.7827128933841, Number.POSITIVE_INFINITY],
    ["exp", Number.NaN, Number.NaN],
    ["log", 0, Number.NEGATIVE_INFINITY],
    ["log", -0, Number.NEGATIVE_INFINITY],
    ["log", 1, 0],
    ["log", -1, Number.NaN],
    ["log", -5e-324, Number.NaN],
    ["log", Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["log", Number.NaN, Number.NaN],
    ["log1p", -1, Number.NEGATIVE_INFINITY],
    ["log1p", -0, -0],
    ["log1p", 0, 0],
    ["log1p", -1.5, Number.NaN],
    ["log1p", Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["log1p", Number.NaN, Number.NaN],
    ["expm1", Number.NEGATIVE_INFINITY, -1],
    ["expm1", -0, -0],
    ["expm1", 0, 0],
    ["expm1", 710, Number.POSITIVE_INFINITY],
    ["expm1", Number.NaN, Number.NaN],
  ] as const)("%s(%d) is %d", (name, x, expected) => {
    expect(kernels[name](x)).toBe(expected);
  });
});
