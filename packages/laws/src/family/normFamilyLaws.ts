import fc from "fast-check";
import { shapes, vectors } from "../arbitrary/vectors.js";
import { type Law, slack } from "../law.js";
import { dot, exponentOf, scaled } from "../scaling.js";
import { gamma, subnormalSpacing } from "../tolerance.js";
import type { NormFamilySubject } from "./normFamilySubject.js";

const source = "Hardy, Littlewood & Pólya, Inequalities, sections 2.8 to 2.10; Hölder";

/** Near the ends, where p - 1 or 1/p vanish, and in between. */
const exponentsP: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 2, arbitrary: fc.constantFrom(2, 1, Infinity, 1.5, 3) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 1000 }).map((units) => 1 + units / 64) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((k) => 1 + 2 ** -k) },
  { weight: 1, arbitrary: fc.integer({ min: 4, max: 40 }).map((k) => 2 ** k) },
);

const roundings = (n: number): number => gamma(4 * n + 64);

interface Neighbours {
  readonly x: Float64Array;
  readonly p: number;
  readonly q: number;
}

const enclosed: Law<NormFamilySubject, Neighbours> = {
  id: "lp-continuous-in-p",
  statement: "||x||_q <= ||x||_p <= n^(1/p - 1/q) ||x||_q for p <= q: a small change of p is a small change of the norm, up to both ends",
  source,
  requires: ["at"],
  kills: "power mean posing as lp",
  generate: (domain) =>
    fc.tuple(vectors(domain), exponentsP, exponentsP).map(([x, one, other]) => ({ x, p: Math.min(one, other), q: Math.max(one, other) })),
  holds: ({ at }, { x, p, q }) => {
    const [lower, upper] = [at(q).norm(x), at(p).norm(x)];
    const ceiling = x.length ** (1 / p - 1 / q) * lower;
    const rounding = roundings(x.length) * (upper + ceiling) + 4 * x.length * subnormalSpacing;
    return Math.max(slack(lower - upper, rounding), slack(upper - ceiling, rounding));
  },
};

const ends: Law<NormFamilySubject, Float64Array> = {
  id: "lp-at-1-2-and-infinity",
  statement: "||x||₁ = Σ |xᵢ|, ||x||₂² = Σ xᵢ² and ||x||_∞ = max |xᵢ|",
  source: "definition",
  requires: ["at"],
  kills: "family that stops before its ends",
  generate: vectors,
  holds: ({ at }, x) => {
    const k = exponentOf(x);
    const y = scaled(x, -k);
    const sum = y.reduce((total, entry) => total + Math.abs(entry), 0);
    const largest = y.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    const off = (p: number, expected: number): number => slack(Math.abs(at(p).norm(y) - expected), roundings(x.length) * expected);
    return Math.max(off(1, sum), off(2, Math.sqrt(dot(y, y).value)), off(Infinity, largest));
  },
};

interface Member {
  readonly x: Float64Array;
  readonly p: number;
}

const members = (domain: NormFamilySubject): fc.Arbitrary<Member> => fc.record({ x: shapes(domain), p: exponentsP });

const conjugate: Law<NormFamilySubject, Member> = {
  id: "lp-dual-is-conjugate",
  statement: "the dual norm of lp is lq, 1/p + 1/q = 1",
  source,
  requires: ["at"],
  kills: "family whose duals keep their p",
  generate: members,
  holds: ({ at }, { x, p }) => {
    const q = p === Infinity ? 1 : p / (p - 1);
    const [dual, expected] = [at(p).dualNorm(x), at(q).norm(x)];
    return slack(Math.abs(dual - expected), roundings(x.length) * (dual + expected));
  },
};

const directed: Law<NormFamilySubject, Member> = {
  id: "lp-lmo-attains-for-every-p",
  statement: "<g, lmo_p(g)> = -||g||_q and ||lmo_p(g)||_p <= 1, for p close to 1 and for large p as well",
  source,
  requires: ["at"],
  kills: "family whose directions keep to one norm",
  generate: members,
  holds: ({ at }, { x: g, p }) => {
    const { norm, dualNorm, lmo } = at(p);
    const u = lmo(g);
    const dual = dualNorm(g);
    const { value, magnitude } = dot(g, u);
    // a rounding of |g|^(q-1) is q - 1 roundings of its logarithm; where q is huge, only the largest entries count
    const amplified = roundings(g.length) * Math.min(1 / Math.max(p - 1, 2 ** -40), 2 ** 40) + roundings(g.length);
    return Math.max(slack(Math.abs(value + dual), amplified * (magnitude + dual)), slack(norm(u) - 1, amplified));
  },
};

/** What ties the lp norms together, from sign descent's to coordinate descent's. */
export const normFamilyLaws: readonly Law<NormFamilySubject>[] = [enclosed, ends, conjugate, directed];
