import { vectors } from "../arbitrary/vectors.js";
import { type Arithmetic, dot, exponentOf, scaled, timesPowerOfTwo } from "../arithmetic.js";
import { atMost, equal, type Finding, type Law, worst } from "../law.js";
import { type NormSubject, roundingOf } from "./normSubject.js";

const source = "Boyd & Vandenberghe, Convex Optimization, appendix A.1.6: the dual of the dual is the norm itself";

function agreement(subject: NormSubject, x: Float64Array, one: number, other: number, arithmetic: Arithmetic): Finding {
  return equal(one, other, roundingOf(subject, x.length, arithmetic) * (one + other) + 4 * arithmetic.subnormalSpacing);
}

const dualIsDual: Law<NormSubject, Float64Array> = {
  id: "dual-is-dual-norm",
  statement: "dual.norm(x) = dualNorm(x)",
  source: "definition",
  requires: ["dualNorm", "dual"],
  kills: "dual that is the norm itself",
  generate: vectors,
  holds: (subject, x, arithmetic) => agreement(subject, x, subject.dual!.norm(x), subject.dualNorm(x), arithmetic),
};

const bidual: Law<NormSubject, Float64Array> = {
  id: "bidual-is-norm",
  statement: "dual.dualNorm(x) = norm(x)",
  source,
  requires: ["norm", "dual"],
  kills: "dual that is its own dual",
  generate: vectors,
  holds: (subject, x, arithmetic) => agreement(subject, x, subject.dual!.dualNorm(x), subject.norm(x), arithmetic),
};

const attained: Law<NormSubject, Float64Array> = {
  id: "norm-attained-by-dual",
  statement: "-<x, dual.lmo(x)> = norm(x) and dualNorm(dual.lmo(x)) <= 1: the norm is the largest product with the dual ball",
  source,
  requires: ["norm", "dualNorm", "dual"],
  kills: "dual that steps along the norm's own direction",
  generate: vectors,
  holds: (subject, x, arithmetic) => {
    const { norm, dualNorm, dual } = subject;
    const k = exponentOf(x);
    const u = dual!.lmo(x);
    const { value, magnitude } = dot(scaled(x, -k), u);
    const primal = timesPowerOfTwo(norm(x), -k);
    const rounding = roundingOf(subject, x.length, arithmetic);
    const bound = rounding * (magnitude + primal) + timesPowerOfTwo(4 * arithmetic.subnormalSpacing, -k);
    return worst([
      equal(-value, primal, bound, { scale: k, part: "product" }),
      atMost(dualNorm(u), 1, 2 * rounding, { part: "dualNorm(dual.lmo(x))" }),
    ]);
  },
};

export const dualityLaws: readonly Law<NormSubject>[] = [dualIsDual, bidual, attained];
