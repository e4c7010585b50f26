import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { arrayNorm, lp } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { oneRow } from "../support/normSubject.js";

type Case = readonly [vector: string, p: number, what: "project" | "prox", size: number, result: readonly number[]];

/** Golden values from 100 digits, by a Newton iteration in other unknowns, checked against the optimality conditions to 60: golden/lpBall.py. */
const golden: { readonly vectors: Readonly<Record<string, readonly number[]>>; readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("../golden/lpBall.json", import.meta.url), "utf8"),
);

const tolerance = 1e-12;

/**
 * Allowed error of an entry. For p >= 2 tolerance times itself. Below 2 an entry uᵢ magnifies a relative error of xᵢ by κ = (1/p) / (s/p + (1 - s)/q), s =
 * uᵢ/xᵢ, up to 1 / (p - 1); so tolerance κ times itself, and never more than a tenth of the tolerance times the largest entry.
 */
function allowed(p: number, x: number, u: number, largest: number): number {
  if (u === 0) return 5e-324;
  const s = u / x;
  const kappa = Math.max(1, 1 / (s + (1 - s) * (p - 1)));
  return Math.max(p >= 2 ? tolerance * Math.abs(u) : Math.min(tolerance * kappa * Math.abs(u), 0.1 * tolerance * largest), 5e-324);
}

describe.each(hosts)("lp on the $host", ({ kernels }) => {
  const exponents = [...new Set(golden.cases.map(([, p]) => p))];
  test.each(exponents)("projections and proximal points of lp(%d), entry by entry", (p) => {
    const norm = arrayNorm(lp(p), kernels, oneRow);
    const cases = golden.cases.filter(([, exponent]) => exponent === p);
    expect(cases.length).toBeGreaterThan(60);
    for (const [vector, , what, size, expected] of cases) {
      const x = Float64Array.from(golden.vectors[vector]!);
      const found = what === "project" ? norm.projectBall(x, size) : norm.prox(x, size);
      const largest = Math.max(...expected.map(Math.abs));
      for (const [i, value] of found.entries()) {
        const error = Math.abs(value - expected[i]!);
        expect(error, `${what} ${vector}[${i}], size ${size}: ${value}, exactly ${expected[i]}`).toBeLessThanOrEqual(
          allowed(p, x[i]!, expected[i]!, largest),
        );
      }
    }
  });

  test("lp(10000) halved and the proximal point of lp(1.001), as written down by hand", () => {
    const x = Float64Array.of(1, 2, 3, 3, 2, 1, 1);
    const large = arrayNorm(lp(10_000), kernels, oneRow);
    const halved = [...large.projectBall(x, large.norm(x) / 2)].map((v) => v.toFixed(8));
    expect(halved).toEqual(["1.00000000", "1.49979210", "1.49995684", "1.49995684", "1.49979210", "1.00000000", "1.00000000"]);
    const near = [...arrayNorm(lp(1.001), kernels, oneRow).prox(Float64Array.of(3, -1, 0.5, 0.2, 0), 0.3)].map((v) => v.toFixed(10));
    expect(near).toEqual(["2.7000861944", "-0.7004905827", "0.2008644814", "0.0000000000", "0.0000000000"]);
  });

  test("one entry: what is left is a difference of two doubles, however small", () => {
    for (const p of [1.00001, 1.5, 2, 3, 1e4, 1e8]) {
      const norm = arrayNorm(lp(p), kernels, oneRow);
      for (const rest of [1e-3, 1e-9, 1e-15]) {
        const t = 7.25 * (1 - rest);
        const found = norm.prox(Float64Array.of(-7.25), t)[0]!;
        expect(Math.abs(found - (t - 7.25)), `p = ${p}, ${rest}`).toBeLessThanOrEqual(4 * Number.EPSILON * (7.25 - t));
      }
    }
  });

  test("p beyond every rounding: the projections of linf, and of l1", () => {
    const x = Float64Array.of(3, -1e-300, 0.5, 0, -2);
    for (const p of [1e17, 1e300, Number.MAX_VALUE])
      expect([...arrayNorm(lp(p), kernels, oneRow).projectBall(x, 1)]).toEqual([1, -1e-300, 0.5, 0, -1]);
    const soft = arrayNorm(lp(1 + 2 ** -52), kernels, oneRow).projectBall(x, 1.5);
    for (const [i, v] of [1.25, 0, 0, 0, -0.25].entries()) expect(Math.abs(soft[i]! - v)).toBeLessThanOrEqual(1e-13);
  });

  test("0, radius 0, what is not finite", () => {
    for (const p of [1.00001, 3, 1e8]) {
      const norm = arrayNorm(lp(p), kernels, oneRow);
      const x = Float64Array.of(3, -1);
      expect([...norm.projectBall(x, 0)].map(Math.abs)).toEqual([0, 0]);
      expect([...norm.prox(x, 0)]).toEqual([3, -1]);
      expect([...norm.prox(x, 1e9)].map(Math.abs)).toEqual([0, 0]);
      expect([...norm.projectBall(new Float64Array(3), 1)]).toEqual([0, 0, 0]);
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
        expect([...norm.projectBall(Float64Array.of(1, bad), 1)].every(Number.isNaN)).toBe(true);
        expect([...norm.prox(Float64Array.of(1, bad), 0.5)].every(Number.isNaN)).toBe(true);
      }
    }
  });
});
