import fc from "fast-check";
import { shapes, vectors } from "../arbitrary/vectors.js";
import { exactly, type Law, slack } from "../law.js";
import { dot, exponentOf, scaled, timesPowerOfTwo } from "../scaling.js";
import { subnormalSpacing } from "../tolerance.js";
import type { NormSubject } from "./normSubject.js";
import { roundingOf } from "./rounding.js";

const source = "Parikh & Boyd, Proximal Algorithms (2014), sections 2.5 and 6.5: the variational inequality and Moreau's identity";

export interface Projection {
  readonly x: Float64Array;
  readonly radius: number;
}

/** Radii from 0 to beyond the vector, at its scale. */
export function projections(domain: NormSubject): fc.Arbitrary<Projection> {
  const factors = fc.oneof(
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 0, max: 2 ** 21 }).map((units) => units * 2 ** -20),
  );
  return fc.tuple(vectors(domain), factors).map(([x, factor]) => ({ x, radius: timesPowerOfTwo(factor, exponentOf(x)) }));
}

const inBall: Law<NormSubject, Projection> = {
  id: "projection-in-ball",
  statement: "norm(projectBall(x, r)) <= r",
  source,
  requires: ["norm", "projectBall"],
  kills: "projection onto a larger ball",
  generate: projections,
  holds: (subject, { x, radius }) => {
    const { norm, projectBall } = subject;
    const rounding = roundingOf(subject, x.length) * (norm(x) + 2 * radius); // thresholds of the kind |xᵢ| - τ round at the size of x
    return slack(norm(projectBall!(x, radius)) - radius, rounding + 2 * x.length * subnormalSpacing);
  },
};

const inside: Law<NormSubject, Projection> = {
  id: "projection-fixes-the-ball",
  statement: "projectBall(x, r) = x, bit for bit, where norm(x) is clearly below r",
  source,
  requires: ["norm", "projectBall"],
  kills: "projection onto the sphere",
  generate: (domain) => vectors(domain).map((x) => ({ x, radius: 0 })),
  holds: ({ norm, projectBall }, { x }) => {
    const projected = projectBall!(x, 1.01 * norm(x) + 4 * subnormalSpacing);
    return exactly(x.every((entry, i) => entry === projected[i]));
  },
};

const idempotent: Law<NormSubject, Projection> = {
  id: "projection-idempotent",
  statement: "projectBall(projectBall(x, r), r) = projectBall(x, r)",
  source,
  requires: ["projectBall"],
  kills: "projection that shrinks every time",
  generate: projections,
  holds: (subject, { x, radius }) => {
    const { projectBall } = subject;
    const once = projectBall!(x, radius);
    const twice = projectBall!(once, radius);
    const largest = 2 ** exponentOf(x);
    const moved = once.reduce((most, entry, i) => Math.max(most, Math.abs(entry - twice[i]!)), 0);
    return slack(moved, 2 * roundingOf(subject, x.length) * largest + 2 * x.length * subnormalSpacing);
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
  holds: (subject, { x, radius }) => {
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
    const rounding = roundingOf(subject, x.length) * (dot(y, y).magnitude + r * (dualNorm(y) + dualNorm(p)));
    const subnormal = timesPowerOfTwo(4 * x.length * subnormalSpacing, -k) * (r + dualNorm(y) + 1);
    return slack(farthest - value, 2 * rounding + subnormal);
  },
};

const nan: Law<NormSubject, { x: Float64Array; at: number }> = {
  id: "projection-nan-propagates",
  statement: "a NaN among the entries gives a NaN in the projection",
  source: "a diverged run must not pass for a healthy one",
  requires: ["projectBall"],
  kills: "projection that drops NaN",
  generate: (domain) => fc.tuple(shapes(domain), fc.nat(1000)).map(([x, at]) => ({ x, at: at % x.length })),
  holds: ({ projectBall }, { x, at }) => exactly(projectBall!(x.with(at, Number.NaN), 1).some(Number.isNaN)),
};

export const projectionLaws: readonly Law<NormSubject>[] = [inBall, inside, idempotent, optimal, nan];
