import type { VectorKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { log } from "../scalar/log.js";
import { power } from "../scalar/power.js";
import { productLow } from "../scalar/productLow.js";

const maxIterations = 100;

/** The proximal step of (lambda / p) Σ |uᵢ|^p. */
export function shrinkPowerKernel({ f64 }: Memory): Pick<VectorKernels, "shrinkPower"> {
  return {
    shrinkPower(x, out, n, lambda, p) {
      const [source, target] = [x >>> 3, out >>> 3];
      if (lambda === 0) f64.copyWithin(target, source, source + n);
      else {
        const root = rootOf(lambda, p);
        for (let i = 0; i < n; i++) {
          const v = f64[source + i]!;
          const u = root(Math.abs(v));
          f64[target + i] = v < 0 ? -u : u;
        }
      }
    },
  };
}

/** a ↦ the root u of u + lambda u^(p−1) = a. */
function rootOf(lambda: number, p: number): (a: number) => number {
  // p < 2: 1 / (p − 1), correctly rounded, and what the rounding lost, relative to it
  const inverse = 1 / (p - 1);
  const back = inverse * (p - 1);
  const inverseLow = 1 - back - productLow(inverse, p - 1, back);
  const root = p > 2 ? power(lambda, -inverse) : 0;
  return (a) => {
    if (!(a < Number.POSITIVE_INFINITY)) return Number.NaN;
    if (p === 2) return a / (1 + lambda);
    if (a === 0) return 0;
    return p < 2 ? shrinkBelowTwo(a, lambda, p, inverse, inverseLow) : shrinkAboveTwo(a, lambda, p, Math.min(a, power(a, inverse) * root));
  };
}

/** p > 2: Newton on u + lambda u^(p−1) − a, from min(a, (a / lambda)^(1 / (p − 1))). */
function shrinkAboveTwo(a: number, lambda: number, p: number, start: number): number {
  if (start === 0) return 0;
  let u = newtonAboveTwo(start, a, lambda, p);
  for (let i = 1; i < maxIterations; ++i) {
    const next = newtonAboveTwo(u, a, lambda, p);
    if (!(next < u)) break;
    u = next;
  }
  return u;
}

function newtonAboveTwo(u: number, a: number, lambda: number, p: number): number {
  const h = lambda * power(u, p - 1);
  return u - (u - a + h) / (1 + (p - 1) * (h / u));
}

/**
 * 1 < p < 2: with u = a w and v = w^(p−1), Newton on v^s + mu v − 1, s = 1 / (p − 1), mu = lambda a^(p−2), from min(1, 1 / mu). The result is
 * a (1 − mu v) or a v^s, whichever is better conditioned; the latter allows for the rounding of s.
 */
function shrinkBelowTwo(a: number, lambda: number, p: number, s: number, sLow: number): number {
  const mu = lambda * power(a, p - 2);
  const start = Math.min(1, 1 / mu);
  if (start === 0) return 0;
  let v = newtonBelowTwo(start, mu, s);
  for (let i = 1; i < maxIterations; ++i) {
    const next = newtonBelowTwo(v, mu, s);
    if (!(next < v)) break;
    v = next;
  }
  const rest = 1 - mu * v;
  if (rest * s > 1) return a * rest;
  const w = power(v, s);
  return w > 0 ? a * (w + w * (sLow * log(w))) : w;
}

function newtonBelowTwo(v: number, mu: number, s: number): number {
  const w = power(v, s);
  return v - (mu * v - 1 + w) / (mu + s * (w / v));
}
