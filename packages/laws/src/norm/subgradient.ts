import fc from "fast-check";
import { shapes, vectors } from "../arbitrary/vectors.js";
import { dot, exponentOf, scaled } from "../arithmetic.js";
import { atMost, equal, type Law, vacuous } from "../law.js";
import { type NormSubject, roundingOf } from "./normSubject.js";

const source = "z ∈ ∂||x|| iff ||z||_* <= 1 and <z, x> = ||x||: Rockafellar, Convex Analysis, section 23";

/** The direction where ||u|| = 1 is attained has g / ||g||_* among its subgradients. */
const atSteepest: Law<NormSubject, Float64Array> = {
  id: "subgradient-at-lmo",
  statement: "g / dualNorm(g) is a subgradient of the norm at -lmo(g)",
  source,
  requires: ["dualNorm", "lmo", "subgradientGap"],
  kills: "subgradient test for the ascent direction",
  generate: vectors,
  holds: (subject, g, arithmetic) => {
    const { dualNorm, lmo, subgradientGap } = subject;
    const h = scaled(g, -exponentOf(g));
    const dual = dualNorm(h);
    if (dual === 0) return vacuous;
    const gap = subgradientGap!(
      lmo(h).map((entry) => -entry),
      h.map((entry) => entry / dual),
    );
    return atMost(gap, 0, 4 * g.length * roundingOf(subject, g.length, arithmetic), { part: "subgradientGap" });
  },
};

const fromDual: Law<NormSubject, Float64Array> = {
  id: "subgradient-from-dual",
  statement: "-dual.lmo(x) is a subgradient of the norm at x",
  source,
  requires: ["dual", "subgradientGap"],
  kills: "subgradient test that forgets the length of x",
  generate: vectors,
  holds: (subject, x, arithmetic) => {
    const y = scaled(x, -exponentOf(x));
    const z = subject.dual!.lmo(y).map((entry) => -entry);
    return atMost(subject.subgradientGap!(y, z), 0, 4 * x.length * roundingOf(subject, x.length, arithmetic), { part: "subgradientGap" });
  },
};

interface Candidate {
  readonly x: Float64Array;
  readonly z: Float64Array;
}

const measured: Law<NormSubject, Candidate> = {
  id: "subgradient-gap",
  statement: "subgradientGap(x, z) = max(dualNorm(z) - 1, 1 - <z, x> / norm(x)), so that what is no subgradient is refused",
  source,
  requires: ["norm", "dualNorm", "subgradientGap"],
  kills: "subgradient test in the norm itself",
  generate: (domain, arithmetic) =>
    fc.oneof(
      fc
        .tuple(shapes(domain, arithmetic), fc.integer({ min: 1, max: 40 }))
        .map(([x, units]) => ({ x, z: x.map((entry) => arithmetic.round(entry / units)) })),
      fc
        .tuple(shapes(domain, arithmetic), fc.integer({ min: -3, max: 3 }))
        .map(([x, units]) => ({ x, z: x.map((entry) => units * Math.sign(entry)) })),
    ),
  holds: (subject, { x, z }, arithmetic) => {
    const { norm, dualNorm, subgradientGap } = subject;
    const value = norm(x);
    const dual = dualNorm(z);
    const { value: product, magnitude } = dot(x, z);
    const expected = value === 0 ? dual - 1 : Math.max(dual - 1, 1 - product / value);
    const rounding = 4 * roundingOf(subject, x.length, arithmetic) * (1 + dual + (value === 0 ? 0 : magnitude / value));
    return equal(subgradientGap!(x, z), expected, rounding);
  },
};

export const subgradientLaws: readonly Law<NormSubject>[] = [atSteepest, fromDual, measured];
