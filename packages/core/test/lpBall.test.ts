import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { arrayNorm, lp } from "../src/index.js";
import { hosts } from "./hosts.js";
import { oneRow } from "./normSubject.js";

type Case = readonly [vector: string, p: number, what: "project" | "prox", size: number, result: readonly number[]];

/** From 100 digits, by a Newton iteration in other unknowns, checked against the optimality conditions to 60: golden/lpBall.py. */
const golden: { readonly vectors: Readonly<Record<string, readonly number[]>>; readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("golden/lpBall.json", import.meta.url), "utf8"),
);

const tolerance = 1e-12;

/**
 * What an entry may be off by. For p >= 2 tolerance times itself. Below 2 an entry uᵢ magnifies a relative error of xᵢ by κ = (1/p) / (s/p + (1 - s)/q), s = uᵢ/xᵢ, up to
 * 1 / (p - 1); so tolerance κ times itself, and never more than a tenth of the tolerance times the largest entry.
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
});
