import fc from "fast-check";
import { shapes, vectors } from "../arbitrary/vectors.js";
import { type Arithmetic, dot, exponentOf, gamma, scaled } from "../arithmetic.js";
import { atMost, equal, type Finding, type Law, worst } from "../law.js";
import type { NormFamilySubject } from "./normFamilySubject.js";

const source = "Hardy, Littlewood & Pólya, Inequalities, sections 2.8 to 2.10; Hölder";

/** Near the ends, where p - 1 or 1/p vanish, and in between. */
function exponentsP({ unitRoundoff }: Arithmetic): fc.Arbitrary<number> {
  const most = Math.min(40, -Math.log2(unitRoundoff) - 4); // 1 + 2^-most, and a conjugate of that size, are numbers of the precision
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: fc.constantFrom(2, 1, Infinity, 1.5, 3) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 1000 }).map((units) => 1 + units / 64) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: most }).map((k) => 1 + 2 ** -k) },
    { weight: 1, arbitrary: fc.integer({ min: 4, max: most }).map((k) => 2 ** k) },
  );
}

const roundings = (n: number, arithmetic: Arithmetic): number => gamma(4 * n + 64, arithmetic);

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
  generate: (domain, arithmetic) =>
    fc
      .tuple(vectors(domain, arithmetic), exponentsP(arithmetic), exponentsP(arithmetic))
      .map(([x, one, other]) => ({ x, p: Math.min(one, other), q: Math.max(one, other) })),
  holds: ({ at }, { x, p, q }, arithmetic) => {
    const [lower, upper] = [at(q).norm(x), at(p).norm(x)];
    const ceiling = x.length ** (1 / p - 1 / q) * lower;
    const rounding = roundings(x.length, arithmetic) * (upper + ceiling) + 4 * x.length * arithmetic.subnormalSpacing;
    return worst([
      atMost(lower, upper, rounding, { part: "||x||_q <= ||x||_p" }),
      atMost(upper, ceiling, rounding, { part: "||x||_p <= n^(1/p - 1/q) ||x||_q" }),
    ]);
  },
};

const ends: Law<NormFamilySubject, Float64Array> = {
  id: "lp-at-1-2-and-infinity",
  statement: "||x||₁ = Σ |xᵢ|, ||x||₂² = Σ xᵢ² and ||x||_∞ = max |xᵢ|",
  source: "definition",
  requires: ["at"],
  kills: "family that stops before its ends",
  generate: vectors,
  holds: ({ at }, x, arithmetic) => {
    const k = exponentOf(x);
    const y = scaled(x, -k);
    const sum = y.reduce((total, entry) => total + Math.abs(entry), 0);
    const largest = y.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    const is = (p: number, expected: number): Finding =>
      equal(at(p).norm(y), expected, roundings(x.length, arithmetic) * expected, { part: `p = ${p}`, scale: k });
    return worst([is(1, sum), is(2, Math.sqrt(dot(y, y).value)), is(Number.POSITIVE_INFINITY, largest)]);
  },
};

interface Member {
  readonly x: Float64Array;
  readonly p: number;
}

const members = (domain: NormFamilySubject, arithmetic: Arithmetic): fc.Arbitrary<Member> =>
  fc.record({ x: shapes(domain, arithmetic), p: exponentsP(arithmetic) });

const conjugate: Law<NormFamilySubject, Member> = {
  id: "lp-dual-is-conjugate",
  statement: "the dual norm of lp is lq, 1/p + 1/q = 1",
  source,
  requires: ["at"],
  kills: "family whose duals keep their p",
  generate: members,
  holds: ({ at }, { x, p }, arithmetic) => {
    const q = p === Infinity ? 1 : p / (p - 1);
    const [dual, expected] = [at(p).dualNorm(x), at(q).norm(x)];
    return equal(dual, expected, roundings(x.length, arithmetic) * (dual + expected));
  },
};

const directed: Law<NormFamilySubject, Member> = {
  id: "lp-lmo-attains-for-every-p",
  statement: "<g, lmo_p(g)> = -||g||_q and ||lmo_p(g)||_p <= 1, for p close to 1 and for large p as well",
  source,
  requires: ["at"],
  kills: "family whose directions keep to one norm",
  generate: members,
  holds: ({ at }, { x: g, p }, arithmetic) => {
    const { norm, dualNorm, lmo } = at(p);
    const u = lmo(g);
    const dual = dualNorm(g);
    const { value, magnitude } = dot(g, u);
    // a rounding of |g|^(q-1) is q - 1 roundings of its logarithm; where q is huge, only the largest entries count
    const rounding = roundings(g.length, arithmetic);
    const amplified = rounding * Math.min(1 / Math.max(p - 1, 2 ** -40), 2 ** 40) + rounding;
    return worst([
      equal(value, -dual, amplified * (magnitude + dual), { part: "product" }),
      atMost(norm(u), 1, amplified, { part: "length" }),
    ]);
  },
};

/** Laws that relate the lp norms to one another, from sign descent's to coordinate descent's. */
export const normFamilyLaws: readonly Law<NormFamilySubject>[] = [enclosed, ends, conjugate, directed];
