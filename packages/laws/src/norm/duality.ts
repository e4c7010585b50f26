import { vectors } from "../arbitrary/vectors.js";
import { type Law, slack } from "../law.js";
import { dot, exponentOf, scaled, timesPowerOfTwo } from "../scaling.js";
import { subnormalSpacing } from "../tolerance.js";
import type { NormSubject } from "./normSubject.js";
import { roundingOf } from "./rounding.js";

const source = "Boyd & Vandenberghe, Convex Optimization, appendix A.1.6: the dual of the dual is the norm itself";

function agreement(subject: NormSubject, x: Float64Array, one: number, other: number): number {
  return slack(Math.abs(one - other), roundingOf(subject, x.length) * (one + other) + 4 * subnormalSpacing);
}

const dualIsDual: Law<NormSubject, Float64Array> = {
  id: "dual-is-dual-norm",
  statement: "dual.norm(x) = dualNorm(x)",
  source: "definition",
  requires: ["dualNorm", "dual"],
  kills: "dual that is the norm itself",
  generate: vectors,
  holds: (subject, x) => agreement(subject, x, subject.dual!.norm(x), subject.dualNorm(x)),
};

const bidual: Law<NormSubject, Float64Array> = {
  id: "bidual-is-norm",
  statement: "dual.dualNorm(x) = norm(x)",
  source,
  requires: ["norm", "dual"],
  kills: "dual that is its own dual",
  generate: vectors,
  holds: (subject, x) => agreement(subject, x, subject.dual!.dualNorm(x), subject.norm(x)),
};

const attained: Law<NormSubject, Float64Array> = {
  id: "norm-attained-by-dual",
  statement: "-<x, dual.lmo(x)> = norm(x) and dualNorm(dual.lmo(x)) <= 1: the norm is the largest product with the dual ball",
  source,
  requires: ["norm", "dualNorm", "dual"],
  kills: "dual that steps along the norm's own direction",
  generate: vectors,
  holds: (subject, x) => {
    const { norm, dualNorm, dual } = subject;
    const k = exponentOf(x);
    const u = dual!.lmo(x);
    const { value, magnitude } = dot(scaled(x, -k), u);
    const primal = timesPowerOfTwo(norm(x), -k);
    const rounding = roundingOf(subject, x.length);
    const gap = slack(Math.abs(value + primal), rounding * (magnitude + primal) + timesPowerOfTwo(4 * subnormalSpacing, -k));
    return Math.max(gap, slack(dualNorm(u) - 1, 2 * rounding));
  },
};

export const dualityLaws: readonly Law<NormSubject>[] = [dualIsDual, bidual, attained];
