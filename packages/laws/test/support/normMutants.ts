import type { NormSubject } from "../../src/index.js";
import { colMax, completed, newtonSchulz, rowMax, spectral } from "./plainMatrixNorms.js";
import { l1, l2, linf, weightedLinf } from "./plainNorms.js";

const halfQuasi = (x: Float64Array): number => x.reduce((sum, v) => sum + Math.sqrt(Math.abs(v)), 0) ** 2;
const naive = (x: Float64Array): number => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
const blocksOnly = (x: Float64Array): Float64Array => x.subarray(0, x.length - (x.length % 4));
const times = (factor: number, x: Float64Array): Float64Array => x.map((v) => factor * v);

/** One wrong subject per law, by the name that the law gives it: each is a plausible mistake. */
export const normMutants: Readonly<Record<string, NormSubject>> = {
  "norm that squares without scaling": { ...l2, norm: naive },
  "lp with p = 1/2": { ...l1, norm: halfQuasi },
  "norm that skips the tail of its blocks": { ...l2, norm: (x) => l2.norm(blocksOnly(x)) },
  "dual norm that squares without scaling": { ...l2, dualNorm: naive },
  "dual norm lp with p = 1/2": { ...l1, dualNorm: halfQuasi },
  "dual norm that skips the tail of its blocks": { ...l2, dualNorm: (g) => l2.dualNorm(blocksOnly(g)) },
  "dual norm that is too small": { ...linf, dualNorm: l2.dualNorm },
  "norm that drops NaN": { ...linf, norm: (x) => linf.norm(x.filter((v) => !Number.isNaN(v))) },
  "lmo that points uphill": { ...linf, lmo: (g) => g.map(Math.sign) },
  "lmo of a larger ball": { ...l2, lmo: linf.lmo },
  "lmo of a smaller ball": { ...linf, lmo: l2.lmo },
  "lmo that divides by the norm of zero": { ...l2, lmo: (g) => times(-1 / l2.norm(g), g) },
  "lmo that works in place": {
    ...linf,
    lmo: (g) => {
      g.forEach((v, i) => {
        g[i] = -Math.sign(v);
      });
      return g;
    },
  },
  "projection onto a larger ball": { ...l1, projectBall: linf.projectBall! },
  "projection onto the sphere": { ...l2, projectBall: (x, radius) => times(radius / (l2.norm(x) || 1), x) },
  "projection that shrinks every time": { ...l2, projectBall: (x, radius) => times(0.5, l2.projectBall!(x, radius)) },
  "projection that rescales": {
    ...linf,
    projectBall: (x, radius) => (linf.norm(x) <= radius ? x.slice() : times(radius / linf.norm(x), x)),
  },
  "projection that drops NaN": { ...linf, projectBall: (x, radius) => linf.projectBall!(x, radius).map((v) => (Number.isNaN(v) ? 0 : v)) },
  "dual that is the norm itself": { ...l1, dual: l1 },
  "dual that is its own dual": { ...l1, dual: { ...linf, dualNorm: linf.norm } },
  "dual that steps along the norm's own direction": { ...linf, dual: { ...l1, lmo: linf.lmo } },
  "prox that keeps large entries whole": { ...l1, prox: (x, t) => x.map((v) => (Math.abs(v) > t ? v : 0)) },
  "prox of twice the step": { ...linf, prox: (x, t) => linf.prox!(x, 2 * t) },
  "prox without its threshold": { ...l2, prox: (x, t) => times(1 / (1 + t / l2.norm(x)), x) },
  "prox that drops NaN": { ...l1, prox: (x, t) => l1.prox!(x, t).map((v) => (Number.isNaN(v) ? 0 : v)) },
  "subgradient test for the ascent direction": { ...l2, subgradientGap: (x, z) => l2.subgradientGap!(times(-1, x), z) },
  "subgradient test that forgets the length of x": {
    ...linf,
    subgradientGap: (x, z) => 1 - x.reduce((sum, v, i) => sum + v * z[i]!, 0),
  },
  "subgradient test in the norm itself": { ...linf, subgradientGap: (x, z) => Math.max(linf.norm(z) - 1, linf.subgradientGap!(x, z) - 1) },
  "linf that takes the largest entry without its sign": { ...linf, norm: (x) => Math.abs(Math.max(...x)) },
  "weighted norm that claims to be symmetric": { ...weightedLinf, invariances: ["signs", "permutations"] },
  "largest row that claims to be unitarily invariant": { ...rowMax, invariances: ["orthogonal"] },
  "largest column that claims to be unitarily invariant": { ...colMax, invariances: ["orthogonal"] },
  "Newton-Schulz posing as spectral": { ...spectral, lmo: newtonSchulz },
  "spectral that completes null directions": { ...spectral, lmo: completed },
};
