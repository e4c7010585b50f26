import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { arrayNorm, type BlocksOf, l2Of, lp, type Norm, norms, sumOf } from "../../src/index.js";
import { hosts } from "../support/hosts.js";

type Exponent = number | "inf";
type Case = readonly [
  rule: "sum" | "l2",
  exponents: readonly Exponent[],
  weights: readonly number[],
  vector: string,
  radius: number,
  result: readonly number[],
];

/** Golden values from 100 digits, every case checked against Moreau's optimality condition: golden/combinedBall.py. */
const golden: { readonly vectors: Readonly<Record<string, readonly number[]>>; readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("../golden/combinedBall.json", import.meta.url), "utf8"),
);

const blocks: BlocksOf = () => [
  { offset: 0, rows: 3, columns: 4 },
  { offset: 12, rows: 1, columns: 5 },
];

function member(p: Exponent): Norm {
  if (p === "inf") return norms.linf;
  if (p === 1) return norms.l1;
  return p === 2 ? norms.l2 : lp(p);
}

describe.each(hosts)("projections onto balls of combined norms on the $host", ({ kernels }) => {
  const combinations = new Map(
    golden.cases.map(([rule, exponents, weights]) => {
      const norm = (rule === "sum" ? sumOf : l2Of)(exponents.map(member), weights);
      return [norm.id, { norm, key: JSON.stringify([rule, exponents]) }];
    }),
  );
  test.each([...combinations])("%s", (_id, { norm, key }) => {
    const subject = arrayNorm(norm, kernels, blocks);
    const cases = golden.cases.filter(([rule, exponents]) => JSON.stringify([rule, exponents]) === key);
    expect(cases.length).toBeGreaterThanOrEqual(6);
    for (const [, , , vector, radius, expected] of cases) {
      const x = Float64Array.from(golden.vectors[vector]!);
      const largest = x.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
      for (const [i, value] of subject.projectBall(x, radius).entries()) {
        // the multiplier is a double: it is known to ε, and what it leaves of x to ε x
        const error = Math.abs(value - expected[i]!);
        expect(error, `${vector}[${i}], radius ${radius}: ${value}, exactly ${expected[i]}`).toBeLessThanOrEqual(1e-14 * largest);
      }
    }
  });
});
