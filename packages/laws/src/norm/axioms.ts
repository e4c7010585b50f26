import fc from "fast-check";
import { exponents, shapes, vectorPairs, vectors } from "../arbitrary/vectors.js";
import { type Arithmetic, dot, exponentOf, scaled, timesPowerOfTwo } from "../arithmetic.js";
import { above, atMost, equal, type Law, same, worst } from "../law.js";
import { nanOf, refusesNaN } from "../nanLaw.js";
import { type NormSubject, roundingOf } from "./normSubject.js";

type Member = "norm" | "dualNorm";

const textbook = "Boyd & Vandenberghe, Convex Optimization, appendix A.1.2 and A.1.6";

/** c x keeps to exponents of this size, so that rounding its entries to subnormals cannot matter. */
const widestProduct = ({ smallestNormal, exponents: { min, max } }: Arithmetic): readonly [number, number] => {
  const widest = -smallestNormal - 62;
  return [Math.max(-widest, min), Math.min(widest, max)];
};

/** 2^k and its reciprocal are numbers of binary64, in which laws compute. */
const widestShift = 1020;

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
    generate: (domain, arithmetic) => {
      const [least, most] = widestProduct(arithmetic);
      return fc
        .tuple(
          vectors(domain, arithmetic),
          fc.oneof(
            fc.integer({ min: -9, max: 9 }),
            fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((units) => units * 2 ** -29),
          ),
          exponents(arithmetic),
        )
        .map(([x, factor, target]) => {
          const goal = Math.max(least, Math.min(most, target));
          const shift = Math.max(-widestShift, Math.min(widestShift, goal - exponentOf(x)));
          return { x, c: timesPowerOfTwo(factor, shift) };
        });
    },
    holds: (subject, { x, c }, arithmetic) => {
      const product = subject[member](x.map((entry) => arithmetic.round(c * entry)));
      const expected = Math.abs(c) * subject[member](x);
      const subnormal = (Math.abs(c) + 1) * 4 * arithmetic.subnormalSpacing;
      return equal(product, expected, roundingOf(subject, x.length, arithmetic) * (product + expected) + subnormal);
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
    generate: (domain, arithmetic) => fc.oneof(vectorPairs(domain, arithmetic, true), vectorPairs(domain, arithmetic, false)),
    holds: (subject, { x, y }, arithmetic) => {
      const sum = subject[member](x.map((entry, i) => arithmetic.round(entry + y[i]!)));
      const parts = subject[member](x) + subject[member](y);
      return atMost(sum, parts, roundingOf(subject, x.length, arithmetic) * parts + 4 * arithmetic.subnormalSpacing);
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
    generate: (domain, arithmetic) =>
      fc.oneof(
        vectors(domain, arithmetic),
        fc.tuple(vectors(domain, arithmetic), fc.nat(1000)).map(([x, at]) => x.map((entry, i) => (i === at % x.length ? entry : 0))),
      ),
    holds: (subject, x, { smallestNormal }) => {
      const value = subject[member](x);
      if (x.every((entry) => entry === 0)) return same(value, 0);
      const mayUnderflow = exponentOf(x) < smallestNormal + 22; // a weight may take the value below the smallest subnormal
      return worst([value === 0 && mayUnderflow ? same(value, 0) : above(value, 0), above(Number.POSITIVE_INFINITY, value)]);
    },
  };
}

const holder: Law<NormSubject, { x: Float64Array; y: Float64Array }> = {
  id: "holder",
  statement: "|<g, u>| <= dualNorm(g) norm(u)",
  source: textbook,
  requires: ["norm", "dualNorm"],
  kills: "dual norm that is too small",
  generate: (domain, arithmetic) => fc.oneof(vectorPairs(domain, arithmetic, false), vectors(domain, arithmetic).map(extremePair)),
  holds: (subject, { x: g, y: u }, arithmetic) => {
    const { subnormalSpacing } = arithmetic;
    const { norm, dualNorm } = subject;
    const j = exponentOf(g);
    const k = exponentOf(u);
    const { value, magnitude } = dot(scaled(g, -j), scaled(u, -k));
    const dual = timesPowerOfTwo(dualNorm(g), -j);
    const primal = timesPowerOfTwo(norm(u), -k);
    const subnormal = timesPowerOfTwo(4 * subnormalSpacing, -j) * primal + timesPowerOfTwo(4 * subnormalSpacing, -k) * dual;
    const bound = roundingOf(subject, g.length, arithmetic) * (magnitude + 2 * dual * primal) + subnormal;
    return atMost(Math.abs(value), dual * primal, bound, { scale: j + k });
  },
};

/** Pairs that come close to equality in ℓ∞, where random ones stay far from it. */
function extremePair(g: Float64Array): { x: Float64Array; y: Float64Array } {
  return { x: g, y: g.map(Math.sign) };
}

const nan: Law<NormSubject, { x: Float64Array; at: number }> = {
  id: "nan-propagates",
  statement: "a NaN among the entries gives a NaN norm, a NaN dual norm and a NaN in the direction, or an exception",
  source: "a diverged run must not pass for a healthy one",
  requires: ["norm", "dualNorm", "lmo"],
  kills: "norm that drops NaN",
  generate: (domain, arithmetic) => fc.tuple(shapes(domain, arithmetic), fc.nat(1000)).map(([x, at]) => ({ x, at: at % x.length })),
  holds: ({ norm, dualNorm, lmo }, { x, at }) => {
    const poisoned = x.with(at, Number.NaN);
    return worst([
      refusesNaN("norm", () => norm(poisoned)),
      refusesNaN("dualNorm", () => dualNorm(poisoned)),
      refusesNaN("lmo", () => nanOf(lmo(poisoned))),
    ]);
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
