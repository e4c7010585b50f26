import type { Pointer } from "@steepest/kernels";
import { DefinitionError } from "../errors.js";
import { power } from "../power.js";
import { recorded } from "../recipe.js";
import type { Norm } from "./norm.js";
import { bracketOf, rootOf } from "./rootOf.js";

/**
 * ℓp norm for 1 < p < ∞, with 1/p + 1/q = 1. Everything is computed of x / maxᵢ |xᵢ|, so nothing overflows.
 *
 *   ||θ|| = (Σᵢ |θᵢ|^p)^(1/p)      ||g||_* = ||g||_q      lmo(g)ᵢ = -sign(gᵢ) |gᵢ|^(q-1) / ||g||_q^(q-1)
 *
 * Tie rule: lmo(0) = 0. p → 1 and p → ∞ tend to ℓ1 and ℓ∞ continuously, except for the directions at ties.
 *
 * @throws DefinitionError  unless 1 < p < ∞
 */
export function lp(p: number): Norm {
  if (!(typeof p === "number" && p > 1 && p < Infinity)) {
    throw new DefinitionError(`lp: must be a number with 1 < p < infinity, got ${String(p)}`, {
      path: "lp",
      value: p,
      hint: "the limits are the norms l1 and linf",
    });
  }
  return recorded("lp", [p], p === 2 ? withExponent(2) : pair(p, p / (p - 1)));
}

function pair(p: number, q: number): Norm {
  const primal: Norm = {
    ...withExponent(p, q),
    get dual() {
      return dual;
    },
  };
  const dual: Norm = {
    ...withExponent(q, p),
    get dual() {
      return primal;
    },
  };
  return primal;
}

function withExponent(p: number, q: number = p): Norm {
  const self: Norm = {
    id: `lp(${p})`,
    get dual() {
      return self;
    },
    dependsOnPosition: false,
    scratchBytes: ({ length }) => 8 * length,
    bind: (kernels, { length }, scratch) => {
      const measure = (x: Pointer, count: number): number => {
        const largest = kernels.maxAbs(x, count);
        if (largest === 0 || !(largest < Infinity)) return largest;
        return largest * power(kernels, kernels.sumPower(x, count, largest, p), 1 / p);
      };
      const shrunkNorm = (x: Pointer, lambda: number): number => {
        kernels.shrinkPower(x, scratch, length, lambda, p);
        return measure(scratch, length);
      };
      return {
        norm: (x) => measure(x.ptr, length),
        lmo: (g, out) => {
          const largest = kernels.maxAbs(g.ptr, length);
          if (largest === 0) kernels.scale(g.ptr, out.ptr, length, 0);
          else {
            const sum = kernels.sumPower(g.ptr, length, largest, q);
            kernels.signedPower(g.ptr, out.ptr, length, largest, q - 1, -1 / power(kernels, sum, 1 / p));
          }
        },
        projectBall: (x, out, radius) => {
          const largest = kernels.maxAbs(x.ptr, length);
          const inside = measure(x.ptr, length) <= radius;
          if (inside || radius === 0 || !(largest < Infinity)) {
            kernels.scale(x.ptr, out.ptr, length, inside ? 1 : radius === 0 ? 0 : Number.NaN);
            return;
          }
          // u + λ u^(p-1) = |x| / largest, with λ such that ||u|| = radius / largest: the norm falls as λ grows
          kernels.signedPower(x.ptr, out.ptr, length, largest, 1, 1); // a division: 1 / largest may overflow
          const target = radius / largest;
          const excess = (lambda: number): number => shrunkNorm(out.ptr, lambda) - target;
          const { low, high } = bracketOf(excess);
          const reached = shrunkNorm(out.ptr, rootOf(excess, low, high));
          kernels.scale(scratch, out.ptr, length, reached === 0 ? 0 : radius / reached);
        },
        rankOne: {
          rowValue: (_block, _side, x, out, rows, columns) => {
            const values = new Float64Array(kernels.buffer, out, rows);
            for (let r = 0; r < rows; r++) values[r] = measure(x + 8 * r * columns, columns);
          },
          combine: (total, value) => total + power(kernels, value, p),
          finish: (total) => (total === 0 ? 0 : power(kernels, total, 1 / p)),
          join: (values) => {
            const largest = values.reduce((a, b) => Math.max(a, b), 0);
            if (largest === 0 || !(largest < Infinity)) return largest;
            const sum = values.reduce((total, value) => total + power(kernels, value / largest, p), 0);
            return largest * power(kernels, sum, 1 / p);
          },
        },
      };
    },
  };
  return self;
}
