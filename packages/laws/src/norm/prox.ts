import fc from "fast-check";
import { shapes } from "../arbitrary/vectors.js";
import { dot, exponentOf, scaled, timesPowerOfTwo } from "../arithmetic.js";
import { atMost, equal, equalEntries, type Finding, type Law, sameEntries, vacuous, worst } from "../law.js";
import { nanOf, refusesNaN } from "../nanLaw.js";
import { type NormSubject, roundingOf } from "./normSubject.js";
import { type Projection, projections } from "./projection.js";

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
  holds: (subject, { x, radius }, arithmetic) => {
    const { norm, dualNorm, prox } = subject;
    const k = exponentOf(x);
    const y = scaled(x, -k);
    const p = scaled(prox!(x, radius), -k);
    const t = timesPowerOfTwo(radius, -k);
    const rest = difference(y, p);
    const rounding = 2 * roundingOf(subject, x.length, arithmetic);
    const subnormal = timesPowerOfTwo(4 * x.length * arithmetic.subnormalSpacing, -k) * (t + norm(y) + dualNorm(y) + 1);
    const bound = rounding * (dot(y, y).magnitude + t * (norm(y) + norm(p))) + subnormal;
    return worst([
      atMost(dualNorm(rest), t, rounding * (dualNorm(y) + 2 * t) + subnormal, { part: "dualNorm(x - p)", scale: k }),
      equal(dot(rest, p).value, t * norm(p), bound, { part: "<x - p, p>, x and t brought to the size of 1" }),
    ]);
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
  holds: (subject, { x, radius }, arithmetic) => {
    const { prox, projectBall, dual } = subject;
    const k = exponentOf(x);
    const y = scaled(x, -k);
    const subnormal = timesPowerOfTwo(4 * x.length * arithmetic.subnormalSpacing, -k);
    const bound = 4 * roundingOf(subject, x.length, arithmetic) * Math.sqrt(dot(y, y).value) + subnormal;
    const split = (part: string, one: Float64Array, other: Float64Array): Finding => {
      const rest = scaled(other, -k);
      return equalEntries(
        y,
        scaled(one, -k).map((entry, i) => entry + rest[i]!),
        bound,
        { part, scale: k },
      );
    };
    return worst([
      prox && dual?.projectBall ? split("prox + dual.projectBall", prox(x, radius), dual.projectBall(x, radius)) : vacuous,
      projectBall && dual?.prox ? split("projectBall + dual.prox", projectBall(x, radius), dual.prox(x, radius)) : vacuous,
    ]);
  },
};

const collapse: Law<NormSubject, Projection> = {
  id: "prox-collapses",
  statement: "prox(x, t) = 0 where t is clearly above dualNorm(x), and prox(x, 0) = x",
  source,
  requires: ["dualNorm", "prox"],
  kills: "prox without its threshold",
  generate: projections,
  holds: (subject, { x }, arithmetic) => {
    const { dualNorm, prox } = subject;
    const gone = prox!(x, 1.01 * dualNorm(x) + 8 * arithmetic.subnormalSpacing);
    const y = scaled(x, -exponentOf(x));
    const rounding = roundingOf(subject, x.length, arithmetic) * Math.sqrt(dot(y, y).value);
    return worst([
      sameEntries(gone, new Float64Array(x.length), false, "t above dualNorm(x)"),
      equalEntries(prox!(y, 0), y, 2 * rounding, { part: "t = 0" }),
    ]);
  },
};

const nan: Law<NormSubject, { x: Float64Array; at: number }> = {
  id: "prox-nan-propagates",
  statement: "a NaN among the entries gives a NaN in the proximal point, or an exception",
  source: "a diverged run must not pass for a healthy one",
  requires: ["prox"],
  kills: "prox that drops NaN",
  generate: (domain, arithmetic) => fc.tuple(shapes(domain, arithmetic), fc.nat(1000)).map(([x, at]) => ({ x, at: at % x.length })),
  holds: ({ prox }, { x, at }) => refusesNaN("prox", () => nanOf(prox!(x.with(at, Number.NaN), 1))),
};

export const proxLaws: readonly Law<NormSubject>[] = [optimal, moreau, collapse, nan];
