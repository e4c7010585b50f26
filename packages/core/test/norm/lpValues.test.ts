import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { arrayNorm, lp } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { oneRow } from "../support/normSubject.js";

type Case = readonly [vector: string, p: number, norm: number, dualNorm: number, lmo: readonly number[]];

/** Golden values from 100 digits: golden/lpValues.py. */
const golden: { readonly vectors: Readonly<Record<string, readonly number[]>>; readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("../golden/lpValues.json", import.meta.url), "utf8"),
);

describe.each(hosts)("lp next to its limits and at every magnitude, on the $host", ({ kernels }) => {
  test.each(Object.keys(golden.vectors))("values, dual values and steepest directions at %s", (name) => {
    const g = Float64Array.from(golden.vectors[name]!);
    for (const [vector, p, value, dualValue, direction] of golden.cases) {
      if (vector !== name) continue;
      const norm = arrayNorm(lp(p), kernels, oneRow);
      const dual = arrayNorm(lp(p).dual, kernels, oneRow);
      const near = (found: number, expected: number, what: string): void =>
        expect(Math.abs(found / expected - 1), `${what} of lp(${p}): ${found}, exactly ${expected}`).toBeLessThanOrEqual(1e-14);
      near(norm.norm(g), value, "norm");
      near(norm.dualNorm(g), dualValue, "dual norm");
      near(dual.norm(g), dualValue, "norm of the dual");
      near(dual.dualNorm(g), value, "dual norm of the dual");
      const found = norm.lmo(g);
      // an entry is a power q - 1 = 1 / (p - 1) of gᵢ / ||g||_*: it magnifies a rounding of gᵢ by as much
      const tolerance = 1e-13 * Math.max(1, 1 / (p - 1));
      for (const [i, expected] of direction.entries()) {
        const error = Math.abs(found[i]! - expected);
        expect(error, `lmo[${i}] of lp(${p}): ${found[i]}, exactly ${expected}`).toBeLessThanOrEqual(
          Math.max(tolerance * Math.abs(expected), 5e-324),
        );
      }
      expect(Math.abs(norm.norm(found) - 1)).toBeLessThanOrEqual(1e-13);
    }
  });
});
