import type { NormFamilySubject } from "../../src/index.js";
import { l1, l2, linf } from "./plainNorms.js";

const largest = linf.norm;

function lpNorm(x: Float64Array, p: number): number {
  const most = largest(x);
  if (p === Infinity || most === 0) return most;
  if (p === 1) return l1.norm(x);
  return most * x.reduce((sum, v) => sum + (Math.abs(v) / most) ** p, 0) ** (1 / p);
}

const conjugateOf = (p: number): number => (p === Infinity ? 1 : p === 1 ? Infinity : p / (p - 1));

/** -sign(g) |g|^(q-1) / ||g||_q^(q-1), formed from g / max |g|. */
function lpDirection(g: Float64Array, p: number): Float64Array {
  if (p === 1) return l1.lmo(g);
  if (p === Infinity) return linf.lmo(g);
  const most = largest(g);
  if (most === 0) return g.slice();
  const q = conjugateOf(p);
  const sum = g.reduce((total, v) => total + (Math.abs(v) / most) ** q, 0);
  return g.map((v) => (-Math.sign(v) * (Math.abs(v) / most) ** (q - 1)) / sum ** (1 / p));
}

export const lp: NormFamilySubject = {
  at: (p) => ({
    norm: (x) => lpNorm(x, p),
    dualNorm: (g) => lpNorm(g, conjugateOf(p)),
    lmo: (g) => lpDirection(g, p),
  }),
};

export const familyMutants: Readonly<Record<string, NormFamilySubject>> = {
  "power mean posing as lp": { at: (p) => ({ ...lp.at(p), norm: (x) => lpNorm(x, p) / x.length ** (1 / p) }) },
  "family that stops before its ends": { at: (p) => lp.at(Math.min(Math.max(p, 1.01), 100)) },
  "family whose duals keep their p": { at: (p) => ({ ...lp.at(p), dualNorm: (g) => lpNorm(g, p) }) },
  "family whose directions keep to one norm": { at: (p) => ({ ...lp.at(p), lmo: l2.lmo }) },
};
