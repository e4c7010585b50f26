import fc from "fast-check";
import { exponents, shapes, vectorPairs, vectors } from "../arbitrary/vectors.js";
import { exactly, type Law, slack } from "../law.js";
import { dot, exponentOf, scaled, timesPowerOfTwo } from "../scaling.js";
import { subnormalSpacing } from "../tolerance.js";
import type { NormSubject } from "./normSubject.js";
import { roundingOf } from "./rounding.js";

type Member = "norm" | "dualNorm";

const textbook = "Boyd & Vandenberghe, Convex Optimization, appendix A.1.2 and A.1.6";

/** c x keeps to these exponents, so that rounding its entries to subnormals cannot matter. */
const widestProduct = 960;

interface Homogeneity {
  readonly x: Float64Array;
  readonly c: number;
}

function homogeneity(member: Member, id: string, kills: string): Law<NormSubject, Homogeneity> {
  return {
    id,
    statement: `${member}(c x) = |c| ${member}(x)`,
    source: textbook,
    requires: [member],
    kills,
    generate: (domain) =>
      fc
        .tuple(
          vectors(domain),
          fc.oneof(
            fc.integer({ min: -9, max: 9 }),
            fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((units) => units * 2 ** -29),
          ),
          exponents,
        )
        .map(([x, factor, target]) => {
          const goal = Math.max(-widestProduct, Math.min(widestProduct, target));
          const shift = Math.max(-1020, Math.min(1020, goal - exponentOf(x)));
          return { x, c: timesPowerOfTwo(factor, shift) };
        }),
    holds: (subject, { x, c }) => {
      const product = subject[member](x.map((entry) => c * entry));
      const expected = Math.abs(c) * subject[member](x);
      const subnormal = (Math.abs(c) + 1) * 4 * subnormalSpacing;
      return slack(Math.abs(product - expected), roundingOf(subject, x.length) * (product + expected) + subnormal);
    },
  };
}

function triangle(member: Member, id: string, kills: string): Law<NormSubject, { x: Float64Array; y: Float64Array }> {
  return {
    id,
    statement: `${member}(x + y) <= ${member}(x) + ${member}(y)`,
    source: textbook,
    requires: [member],
    kills,
    generate: (domain) => fc.oneof(vectorPairs(domain, true), vectorPairs(domain, false)),
    holds: (subject, { x, y }) => {
      const sum = subject[member](x.map((entry, i) => entry + y[i]!));
      const parts = subject[member](x) + subject[member](y);
      return slack(sum - parts, roundingOf(subject, x.length) * parts + 4 * subnormalSpacing);
    },
  };
}

function definiteness(member: Member, id: string, kills: string): Law<NormSubject, Float64Array> {
  return {
    id,
    statement: `${member}(0) = 0, and ${member}(x) is positive and finite for every other x`,
    source: textbook,
    requires: [member],
    kills,
    generate: (domain) =>
      fc.oneof(
        vectors(domain),
        fc.tuple(vectors(domain), fc.nat(1000)).map(([x, at]) => x.map((entry, i) => (i === at % x.length ? entry : 0))),
      ),
    holds: (subject, x) => {
      const value = subject[member](x);
      if (x.every((entry) => entry === 0)) return exactly(value === 0);
      const mayUnderflow = exponentOf(x) < -1000; // a weight may take the value below the smallest subnormal
      return exactly((value > 0 || (value === 0 && mayUnderflow)) && value < Infinity);
    },
  };
}

const holder: Law<NormSubject, { x: Float64Array; y: Float64Array }> = {
  id: "holder",
  statement: "|<g, u>| <= dualNorm(g) norm(u)",
  source: textbook,
  requires: ["norm", "dualNorm"],
  kills: "dual norm that is too small",
  generate: (domain) => fc.oneof(vectorPairs(domain, false), vectors(domain).map(extremePair)),
  holds: (subject, { x: g, y: u }) => {
    const { norm, dualNorm } = subject;
    const j = exponentOf(g);
    const k = exponentOf(u);
    const { value, magnitude } = dot(scaled(g, -j), scaled(u, -k));
    const dual = timesPowerOfTwo(dualNorm(g), -j);
    const primal = timesPowerOfTwo(norm(u), -k);
    const subnormal = timesPowerOfTwo(4 * subnormalSpacing, -j) * primal + timesPowerOfTwo(4 * subnormalSpacing, -k) * dual;
    return slack(Math.abs(value) - dual * primal, roundingOf(subject, g.length) * (magnitude + 2 * dual * primal) + subnormal);
  },
};

/** Pairs that come close to equality in ℓ∞, where random ones stay far from it. */
function extremePair(g: Float64Array): { x: Float64Array; y: Float64Array } {
  return { x: g, y: g.map(Math.sign) };
}

const nan: Law<NormSubject, { x: Float64Array; at: number }> = {
  id: "nan-propagates",
  statement: "a NaN among the entries gives a NaN norm, a NaN dual norm and a NaN in the direction",
  source: "a diverged run must not pass for a healthy one",
  requires: ["norm", "dualNorm", "lmo"],
  kills: "norm that drops NaN",
  generate: (domain) => fc.tuple(shapes(domain), fc.nat(1000)).map(([x, at]) => ({ x, at: at % x.length })),
  holds: ({ norm, dualNorm, lmo }, { x, at }) => {
    const poisoned = x.with(at, Number.NaN);
    return exactly(Number.isNaN(norm(poisoned)) && Number.isNaN(dualNorm(poisoned)) && lmo(poisoned).some(Number.isNaN));
  },
};

export const axioms: readonly Law<NormSubject>[] = [
  homogeneity("norm", "norm-homogeneous", "norm that squares without scaling"),
  triangle("norm", "norm-triangle", "lp with p = 1/2"),
  definiteness("norm", "norm-definite", "norm that skips the tail of its blocks"),
  homogeneity("dualNorm", "dual-norm-homogeneous", "dual norm that squares without scaling"),
  triangle("dualNorm", "dual-norm-triangle", "dual norm lp with p = 1/2"),
  definiteness("dualNorm", "dual-norm-definite", "dual norm that skips the tail of its blocks"),
  holder,
  nan,
];
