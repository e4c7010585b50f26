import fc from "fast-check";
import { vectorPairs, vectors } from "../arbitrary/vectors.js";
import { dot, exponentOf, scaled, timesPowerOfTwo } from "../arithmetic.js";
import { atMost, equal, type Law, sameEntries, vacuous, worst } from "../law.js";
import { lengthOf, type NormSubject, roundingOf } from "./normSubject.js";

const source = "Tsilivis et al., JMLR 27 (2026), section 2; Boyd & Vandenberghe, Convex Optimization, section 9.4";

const attains: Law<NormSubject, Float64Array> = {
  id: "lmo-attains-dual-norm",
  statement: "<g, lmo(g)> = -dualNorm(g)",
  source,
  requires: ["dualNorm", "lmo"],
  kills: "lmo that points uphill",
  generate: vectors,
  holds: (subject, g, arithmetic) => {
    const { dualNorm, lmo } = subject;
    const k = exponentOf(g);
    const { value, magnitude } = dot(scaled(g, -k), lmo(g));
    const dual = timesPowerOfTwo(dualNorm(g), -k);
    const subnormal = timesPowerOfTwo(4 * arithmetic.subnormalSpacing, -k);
    return equal(value, -dual, roundingOf(subject, g.length, arithmetic) * (magnitude + dual) + subnormal, { scale: k });
  },
};

const inBall: Law<NormSubject, Float64Array> = {
  id: "lmo-in-unit-ball",
  statement: "norm(lmo(g)) <= 1",
  source,
  requires: ["norm", "lmo"],
  kills: "lmo of a larger ball",
  generate: vectors,
  holds: (subject, g, arithmetic) => atMost(subject.norm(subject.lmo(g)), 1, 2 * roundingOf(subject, g.length, arithmetic)),
};

const steepest: Law<NormSubject, { g: Float64Array; v: Float64Array }> = {
  id: "lmo-is-steepest",
  statement: "<g, lmo(g)> <= <g, u> for every u with norm(u) = 1",
  source,
  requires: ["norm", "lmo"],
  kills: "lmo of a smaller ball",
  generate: (domain, arithmetic) =>
    fc.oneof(
      vectorPairs(domain, arithmetic, false).map(({ x, y }) => ({ g: x, v: y })),
      vectors(domain, arithmetic).map((g) => ({ g, v: scaled(g, -exponentOf(g)).map((entry) => -entry) })),
      vectors(domain, arithmetic).map((g) => ({ g, v: g.map((entry) => -Math.sign(entry)) })),
      fc.tuple(vectors(domain, arithmetic), fc.nat(1000)).map(([g, at]) => ({ g, v: againstOneEntry(g, at % g.length) })),
    ),
  holds: (subject, { g, v }, arithmetic) => {
    const { norm, lmo } = subject;
    const shape = scaled(v, -exponentOf(v)); // well within range, and with the same direction
    const length = norm(shape);
    if (length === 0) return vacuous;
    const k = exponentOf(g);
    const h = scaled(g, -k);
    const best = dot(h, lmo(g));
    const other = dot(
      h,
      shape.map((entry) => entry / length),
    );
    const bound = 2 * roundingOf(subject, g.length, arithmetic) * (best.magnitude + other.magnitude);
    return atMost(best.value, other.value, bound, { scale: k });
  },
};

function againstOneEntry(g: Float64Array, at: number): Float64Array {
  return g.map((entry, i) => (i === at ? -Math.sign(entry) : 0));
}

const zero: Law<NormSubject, Float64Array> = {
  id: "lmo-of-zero",
  statement: "lmo(0) = 0: nothing moves where there is no gradient",
  source: "the tie rule of this project; any point of the ball would be a minimiser",
  requires: ["lmo"],
  kills: "lmo that divides by the norm of zero",
  generate: ({ dimension, layouts }) => {
    const lengths = layouts?.map(lengthOf) ?? (dimension === undefined ? [1, 2, 3, 4, 5, 7, 8, 9, 17, 64] : [dimension]);
    return lengths.flatMap((length) => [new Float64Array(length), new Float64Array(length).fill(-0)]);
  },
  holds: ({ lmo }, g) => sameEntries(lmo(g), new Float64Array(g.length), false),
};

const untouched: Law<NormSubject, Float64Array> = {
  id: "lmo-leaves-its-argument",
  statement: "lmo(g) does not change g, and gives the same bits again",
  source: "a direction that depends on when it is asked for cannot be replayed",
  requires: ["lmo"],
  kills: "lmo that works in place",
  generate: vectors,
  holds: ({ lmo }, g) => {
    const copy = g.slice();
    const first = lmo(g).slice();
    const second = lmo(g);
    return worst([sameEntries(g, copy, true, "argument"), sameEntries(first, second, true, "lmo")]);
  },
};

export const lmoLaws: readonly Law<NormSubject>[] = [attains, inBall, steepest, zero, untouched];
