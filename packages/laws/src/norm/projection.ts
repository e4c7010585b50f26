import fc from "fast-check";
import { shapes, vectors } from "../arbitrary/vectors.js";
import { type Arithmetic, dot, exponentOf, scaled, timesPowerOfTwo } from "../arithmetic.js";
import { atMost, equalEntries, type Law, sameEntries } from "../law.js";
import { nanOf, refusesNaN } from "../nanLaw.js";
import { type NormSubject, roundingOf } from "./normSubject.js";

const source = "Parikh & Boyd, Proximal Algorithms (2014), sections 2.5 and 6.5: the variational inequality and Moreau's identity";

export interface Projection {
  readonly x: Float64Array;
  readonly radius: number;
}

/** Radii from 0 to beyond the vector, at its scale. */
export function projections(domain: NormSubject, arithmetic: Arithmetic): fc.Arbitrary<Projection> {
  const factors = fc.oneof(
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 0, max: 2 ** 21 }).map((units) => units * 2 ** -20),
  );
  return fc.tuple(vectors(domain, arithmetic), factors).map(([x, factor]) => ({ x, radius: timesPowerOfTwo(factor, exponentOf(x)) }));
}

const inBall: Law<NormSubject, Projection> = {
  id: "projection-in-ball",
  statement: "norm(projectBall(x, r)) <= r",
  source,
  requires: ["norm", "projectBall"],
  kills: "projection onto a larger ball",
  generate: projections,
  holds: (subject, { x, radius }, arithmetic) => {
    const { norm, projectBall } = subject;
    const rounding = roundingOf(subject, x.length, arithmetic) * (norm(x) + 2 * radius); // thresholds of the kind |xᵢ| - τ round at the size of x
    return atMost(norm(projectBall!(x, radius)), radius, rounding + 2 * x.length * arithmetic.subnormalSpacing);
  },
};

const inside: Law<NormSubject, Projection> = {
  id: "projection-fixes-the-ball",
  statement: "projectBall(x, r) = x, bit for bit, where norm(x) is clearly below r",
  source,
  requires: ["norm", "projectBall"],
  kills: "projection onto the sphere",
  generate: (domain, arithmetic) => vectors(domain, arithmetic).map((x) => ({ x, radius: 0 })),
  holds: ({ norm, projectBall }, { x }, { subnormalSpacing }) =>
    sameEntries(projectBall!(x, 1.01 * norm(x) + 4 * subnormalSpacing), x, false),
};

const idempotent: Law<NormSubject, Projection> = {
  id: "projection-idempotent",
  statement: "projectBall(projectBall(x, r), r) = projectBall(x, r)",
  source,
  requires: ["projectBall"],
  kills: "projection that shrinks every time",
  generate: projections,
  holds: (subject, { x, radius }, arithmetic) => {
    const { projectBall } = subject;
    const once = projectBall!(x, radius);
    const twice = projectBall!(once, radius);
    const largest = 2 ** exponentOf(x);
    const bound = 2 * roundingOf(subject, x.length, arithmetic) * largest + 2 * x.length * arithmetic.subnormalSpacing;
    return equalEntries(twice, once, bound);
  },
};

/** p minimises ||u - x||₂ over the ball iff max {<x - p, u> : norm(u) <= r} = <x - p, p>; the left side is r dualNorm(x - p). */
const optimal: Law<NormSubject, Projection> = {
  id: "projection-optimal",
  statement: "r dualNorm(x - p) <= <x - p, p> for p = projectBall(x, r): no point of the ball is closer to x (Moreau)",
  source,
  requires: ["dualNorm", "projectBall"],
  kills: "projection that rescales",
  generate: projections,
  holds: (subject, { x, radius }, arithmetic) => {
    const { dualNorm, projectBall } = subject;
    const k = exponentOf(x);
    const y = scaled(x, -k);
    const p = scaled(projectBall!(x, radius), -k);
    const r = timesPowerOfTwo(radius, -k);
    const { value } = dot(
      y.map((entry, i) => entry - p[i]!),
      p,
    );
    const farthest = r * dualNorm(y.map((entry, i) => entry - p[i]!));
    // entries of p that were formed as |xᵢ| - τ are off by a rounding of |xᵢ|, however small they are
    const rounding = roundingOf(subject, x.length, arithmetic) * (dot(y, y).magnitude + r * (dualNorm(y) + dualNorm(p)));
    const subnormal = timesPowerOfTwo(4 * x.length * arithmetic.subnormalSpacing, -k) * (r + dualNorm(y) + 1);
    return atMost(farthest, value, 2 * rounding + subnormal, { part: "x and r brought to the size of 1" });
  },
};

const nan: Law<NormSubject, { x: Float64Array; at: number }> = {
  id: "projection-nan-propagates",
  statement: "a NaN among the entries gives a NaN in the projection, or an exception",
  source: "a diverged run must not pass for a healthy one",
  requires: ["projectBall"],
  kills: "projection that drops NaN",
  generate: (domain, arithmetic) => fc.tuple(shapes(domain, arithmetic), fc.nat(1000)).map(([x, at]) => ({ x, at: at % x.length })),
  holds: ({ projectBall }, { x, at }) => refusesNaN("projectBall", () => nanOf(projectBall!(x.with(at, Number.NaN), 1))),
};

export const projectionLaws: readonly Law<NormSubject>[] = [inBall, inside, idempotent, optimal, nan];
