import type { Kernels, Pointer } from "@steepest/kernels";
import { refuse } from "../check/require.js";
import { power } from "../number/power.js";
import { upward } from "../number/upward.js";
import { recorded } from "../recipe/recipe.js";
import { dualPair } from "./dualPair.js";
import { type Exponents, type Split, type SplitProblem, shrunkBySquare, splitByBall, splitScratch } from "./lpBall.js";
import type { LinearMap, Norm, NormFunctions, RankOneNorm } from "./norm.js";
import { symmetricProducts } from "./symmetricProducts.js";

/**
 * ℓp norm for 1 < p < ∞, with 1/p + 1/q = 1. Everything is computed of x / maxᵢ |xᵢ|, so nothing overflows.
 *
 *   ||θ|| = (Σᵢ |θᵢ|^p)^(1/p)      ||g||_* = ||g||_q      lmo(g)ᵢ = -sign(gᵢ) |gᵢ|^(q-1) / ||g||_q^(q-1)
 *
 * Projections and proximal points: `splitByBall` states how accurate they are.
 * Tie rule: lmo(0) = 0. p → 1 and p → ∞ tend to ℓ1 and ℓ∞ continuously, except for the directions at ties.
 *
 * @param p  the exponent
 * @returns the norm, whose dual is lp(q)
 * @throws DefinitionError  unless 1 < p < ∞
 */
export function lp(p: number): Norm {
  if (!(typeof p === "number" && p > 1 && p < Infinity)) {
    refuse("lp", "a number with 1 < p < infinity", p, "the limits are the norms l1 and linf");
  }
  return recorded("lp", [p], pair(p, p / (p - 1)));
}

/** Exponents above 2^1000 have the projections of 2^1000, which differ from theirs by less than any rounding. */
const leastInverse = 2 ** -1000;

function pair(p: number, q: number): Norm {
  const inverses: Exponents = { own: Math.max(1 / p, leastInverse), other: (p - 1) / p };
  const primal = withExponent(p, q, inverses);
  return dualPair(primal, p === 2 ? primal : withExponent(q, p, { own: inverses.other, other: inverses.own }));
}

function withExponent(p: number, q: number, inverses: Exponents): Omit<Norm, "dual"> {
  return {
    id: `lp(${p})`,
    dependsOnPosition: false,
    strictlyConvex: true,
    boundByCones: (program, entries, _shape, limit) => {
      program.powersWithin(entries, p, limit);
      return true;
    },
    scratch: ({ length }) => splitScratch(length),
    bind: (kernels, { length }, region) => ({
      norm: (x) => lpNorm(kernels, x.ptr, length, p),
      upperBound: (x) => upward(lpNorm(kernels, x.ptr, length, p), roundingsOf(length)),
      lmo: (g, out) => {
        const largest = kernels.maxAbs(g.ptr, length);
        if (largest === 0) kernels.scale(g.ptr, out.ptr, length, 0);
        else {
          const sum = kernels.sumPower(g.ptr, length, largest, q);
          kernels.signedPower(g.ptr, out.ptr, length, largest, q - 1, -1 / power(kernels, sum, 1 / p));
        }
      },
      ...splitting({ kernels, length, scratch: splitScratch(length).cut(kernels, region), p, q, inverses }),
      rankOne: rankOneOf(kernels, p),
    }),
  };
}

/**
 * Units of ε that cover what the rounding of an ℓp norm hides. With b = |xᵢ| / max |x| <= 1 and exp and log within 4 units, a term t = b^p of the sum is
 * wrong by at most 4 ε (t + t |log t|) + 64 ε t <= 70 ε, the sum is at least 1, and so are they together by n ε more; its root by 4 ε (1 + log n / p) relative to
 * itself. A rounded exponent p moves the norm by ε p times its logarithmic derivative in p, which is at most log n / p.
 */
function roundingsOf(length: number): number {
  return 80 * length + 64;
}

/** (Σ |xᵢ|^p)^(1/p). */
function lpNorm(kernels: Kernels, x: Pointer, count: number, p: number): number {
  const largest = kernels.maxAbs(x, count);
  if (largest === 0 || !(largest < Infinity)) return largest;
  return largest * power(kernels, kernels.sumPower(x, count, largest, p), 1 / p);
}

interface Bound extends Pick<SplitProblem, "length" | "scratch"> {
  readonly kernels: Kernels;
  readonly p: number;
  readonly q: number;
  readonly inverses: Exponents;
}

/** Projections and proximal points: x is split into its projection onto a ball and the rest. */
function splitting({ kernels, length, scratch, p, q, inverses }: Bound): Omit<NormFunctions, "norm" | "lmo"> {
  const ofDual: Exponents = { own: inverses.other, other: inverses.own };
  const split = (x: Pointer, radius: number, exponents: Exponents): Split =>
    splitByBall(kernels, { x, length, exponents, scratch }, radius);
  return {
    projectBall: (x, out, radius) => {
      const value = lpNorm(kernels, x.ptr, length, p);
      if (value > radius && radius > 0 && value < Infinity) split(x.ptr, radius, inverses).projection(out.ptr);
      else kernels.scale(x.ptr, out.ptr, length, value <= radius ? 1 : radius === 0 ? 0 : Number.NaN);
    },
    projectionDerivative: (x, radius) => {
      const value = lpNorm(kernels, x.ptr, length, p);
      if (!(value > radius && radius > 0 && value < Infinity)) return (z, out) => out.set(value <= radius ? z : z.map(() => 0));
      split(x.ptr, radius, inverses).projection(scratch.delta.ptr);
      return derivativeOf(p, x.view, scratch.delta.view);
    },
    prox: (x, out, t) => {
      const value = lpNorm(kernels, x.ptr, length, q);
      if (value > t && t > 0 && value < Infinity) split(x.ptr, t, ofDual).rest(out.ptr);
      else kernels.scale(x.ptr, out.ptr, length, t === 0 ? 1 : value <= t ? 0 : Number.NaN);
    },
    shrunkNorm: (x) => {
      const [value, dualValue] = [lpNorm(kernels, x.ptr, length, p), lpNorm(kernels, x.ptr, length, q)];
      return (s) => (s === 0 ? value : dualValue > s ? split(x.ptr, s, ofDual).restNorm : dualValue <= s ? 0 : Number.NaN);
    },
    shrunkBySquare: (x) => {
      const value = lpNorm(kernels, x.ptr, length, p);
      return (c) => (c > 0 && value > 0 ? shrunkBySquare(kernels, { x: x.ptr, length, exponents: inverses, scratch }, c) : value);
    },
  };
}

/**
 * The derivative of x ↦ u, x = u + w with w = m sign(u) |u|^(p-1) and ||u||_p constant:
 *
 *   P' z = D (z - w ⟨w, D z⟩ / ⟨w, D w⟩),  D = diag(uᵢ / (uᵢ + (p - 1) wᵢ))
 */
function derivativeOf(p: number, x: Float64Array, u: Float64Array): LinearMap {
  const w = x.map((value, i) => value - u[i]!);
  const shares = u.map((value, i) => (value === 0 ? (p < 2 ? 0 : 1) : value / (value + (p - 1) * w[i]!)));
  const across = w.map((value, i) => value * shares[i]!);
  const length = across.reduce((sum, value, i) => sum + value * w[i]!, 0);
  const map: LinearMap = (z, out) => {
    let along = 0;
    for (let i = 0; i < z.length; i++) along += across[i]! * z[i]!;
    if (length > 0) along /= length;
    for (let i = 0; i < z.length; i++) out[i] = shares[i]! * z[i]! - along * across[i]!;
  };
  map.products = (vectors) => {
    const products = symmetricProducts(vectors, shares);
    if (!(length > 0)) return products;
    const along = vectors.map((z) => {
      let sum = 0;
      for (let i = 0; i < z.length; i++) sum += across[i]! * z[i]!;
      return sum;
    });
    for (const [m, row] of products.entries()) for (let n = 0; n < row.length; n++) row[n]! -= (along[m]! * along[n]!) / length;
    return products;
  };
  return map;
}

function rankOneOf(kernels: Kernels, p: number): RankOneNorm {
  return {
    rowValue: (_block, _side, x, out, rows, columns) => {
      const values = new Float64Array(kernels.buffer, out, rows);
      for (let r = 0; r < rows; r++) values[r] = lpNorm(kernels, x + 8 * r * columns, columns, p);
    },
    combine: (total, value) => total + power(kernels, value, p),
    finish: (total) => (total === 0 ? 0 : power(kernels, total, 1 / p)),
    join: (values) => {
      const largest = values.reduce((a, b) => Math.max(a, b), 0);
      if (largest === 0 || !(largest < Infinity)) return largest;
      const sum = values.reduce((total, value) => total + power(kernels, value / largest, p), 0);
      return largest * power(kernels, sum, 1 / p);
    },
  };
}
