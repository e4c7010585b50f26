import fc from "fast-check";
import { shapes } from "../arbitrary/vectors.js";
import { exactly, type Law, slack } from "../law.js";
import { dot, exponentOf, scaled, timesPowerOfTwo } from "../scaling.js";
import { subnormalSpacing } from "../tolerance.js";
import type { NormSubject } from "./normSubject.js";
import { type Projection, projections } from "./projection.js";
import { roundingOf } from "./rounding.js";

const source = "Parikh & Boyd, Proximal Algorithms (2014), sections 2.5 and 6.5";

const difference = (x: Float64Array, y: Float64Array): Float64Array => x.map((entry, i) => entry - y[i]!);

/** p minimises ½||u - x||² + t norm(u) iff x - p is t times a subgradient of the norm at p. */
const optimal: Law<NormSubject, Projection> = {
  id: "prox-optimal",
  statement: "dualNorm(x - p) <= t and <x - p, p> = t norm(p) for p = prox(x, t)",
  source,
  requires: ["norm", "dualNorm", "prox"],
  kills: "prox that keeps large entries whole",
  generate: projections,
  holds: (subject, { x, radius }) => {
    const { norm, dualNorm, prox } = subject;
    const k = exponentOf(x);
    const y = scaled(x, -k);
    const p = scaled(prox!(x, radius), -k);
    const t = timesPowerOfTwo(radius, -k);
    const rest = difference(y, p);
    const rounding = 2 * roundingOf(subject, x.length);
    const subnormal = timesPowerOfTwo(4 * x.length * subnormalSpacing, -k) * (t + norm(y) + dualNorm(y) + 1);
    const feasible = slack(dualNorm(rest) - t, rounding * (dualNorm(y) + 2 * t) + subnormal);
    const aligned = Math.abs(dot(rest, p).value - t * norm(p));
    return Math.max(feasible, slack(aligned, rounding * (dot(y, y).magnitude + t * (norm(y) + norm(p))) + subnormal));
  },
};

const moreau: Law<NormSubject, Projection> = {
  id: "moreau",
  statement: "x = prox(x, t) + dual.projectBall(x, t), and x = projectBall(x, t) + dual.prox(x, t)",
  source: `${source}: Moreau's decomposition; the conjugate of a norm is the indicator of the dual ball`,
  requires: ["dual"],
  applies: ({ prox, projectBall, dual }) => Boolean((prox && dual?.projectBall) || (projectBall && dual?.prox)),
  kills: "prox of twice the step",
  generate: projections,
  holds: (subject, { x, radius }) => {
    const { prox, projectBall, dual } = subject;
    const k = exponentOf(x);
    const y = scaled(x, -k);
    const bound = 4 * roundingOf(subject, x.length) * Math.sqrt(dot(y, y).value) + timesPowerOfTwo(4 * x.length * subnormalSpacing, -k);
    const split = (one: Float64Array, other: Float64Array): number =>
      difference(difference(y, scaled(one, -k)), scaled(other, -k)).reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    const ofProx = prox && dual?.projectBall ? split(prox(x, radius), dual.projectBall(x, radius)) : 0;
    const ofBall = projectBall && dual?.prox ? split(projectBall(x, radius), dual.prox(x, radius)) : 0;
    return slack(Math.max(ofProx, ofBall), bound);
  },
};

const collapse: Law<NormSubject, Projection> = {
  id: "prox-collapses",
  statement: "prox(x, t) = 0 where t is clearly above dualNorm(x), and prox(x, 0) = x",
  source,
  requires: ["dualNorm", "prox"],
  kills: "prox without its threshold",
  generate: projections,
  holds: (subject, { x }) => {
    const { dualNorm, prox } = subject;
    const gone = prox!(x, 1.01 * dualNorm(x) + 8 * subnormalSpacing);
    const y = scaled(x, -exponentOf(x));
    const moved = difference(y, prox!(y, 0)).reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    const rounding = roundingOf(subject, x.length) * Math.sqrt(dot(y, y).value);
    return Math.max(exactly(gone.every((entry) => entry === 0)), slack(moved, 2 * rounding));
  },
};

const nan: Law<NormSubject, { x: Float64Array; at: number }> = {
  id: "prox-nan-propagates",
  statement: "a NaN among the entries gives a NaN in the proximal point",
  source: "a diverged run must not pass for a healthy one",
  requires: ["prox"],
  kills: "prox that drops NaN",
  generate: (domain) => fc.tuple(shapes(domain), fc.nat(1000)).map(([x, at]) => ({ x, at: at % x.length })),
  holds: ({ prox }, { x, at }) => exactly(prox!(x.with(at, Number.NaN), 1).some(Number.isNaN)),
};

export const proxLaws: readonly Law<NormSubject>[] = [optimal, moreau, collapse, nan];
