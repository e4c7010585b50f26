import { Exact } from "../scalar/exact";
import { log } from "../scalar/log";
import { power } from "../scalar/power";

const maxIterations: i32 = 100;

/**
 * shrinkPower: outᵢ ← sign(xᵢ) u with u ≥ 0 the root of u + lambda u^(p−1) = |xᵢ|, the proximal step of (lambda / p) Σ |uᵢ|^p.
 *
 * x, out: f64[n], 8-byte aligned, n ≥ 0; out may be x. 1 < p < ∞, 0 ≤ lambda < ∞. lambda = 0 copies x; xᵢ = ±0 gives +0; a non-finite xᵢ gives NaN.
 *
 * p = 2: |xᵢ| / (1 + lambda). Otherwise Newton's method on a convex increasing function, from the right, until the iterate no longer decreases, at
 * most 100 times; the first step may increase it, where rounding put the start to the left of the root.
 */
export function shrinkPower(x: usize, out: usize, n: i32, lambda: f64, p: f64): void {
  if (lambda == 0) {
    memory.copy(out, x, (<usize>n) << 3);
    return;
  }
  // p > 2: lambda^(−1 / (p − 1)), a factor of the start; p < 2: 1 / (p − 1), correctly rounded, and what the rounding lost, relative to it
  const inverse = 1 / (p - 1);
  const back = inverse * (p - 1);
  const inverseLow = 1 - back - Exact.productLow(inverse, p - 1, back);
  const root = p > 2 ? power(lambda, -inverse) : 0;

  for (const end = x + ((<usize>n) << 3); x < end; x += 8, out += 8) {
    const v = load<f64>(x);
    const a = abs(v);
    let u: f64 = 0;
    if (!(a < Infinity)) u = NaN;
    else if (p == 2) u = a / (1 + lambda);
    else if (a > 0)
      u = p < 2 ? shrinkBelowTwo(a, lambda, p, inverse, inverseLow) : shrinkAboveTwo(a, lambda, p, min(a, power(a, inverse) * root));
    store<f64>(out, v < 0 ? -u : u);
  }
}

/** p > 2: Newton on u + lambda u^(p−1) − a, from min(a, (a / lambda)^(1 / (p − 1))). */
function shrinkAboveTwo(a: f64, lambda: f64, p: f64, start: f64): f64 {
  if (start == 0) return 0;
  let u = newtonAboveTwo(start, a, lambda, p);
  for (let i = 1; i < maxIterations; ++i) {
    const next = newtonAboveTwo(u, a, lambda, p);
    if (!(next < u)) break;
    u = next;
  }
  return u;
}

function newtonAboveTwo(u: f64, a: f64, lambda: f64, p: f64): f64 {
  const h = lambda * power(u, p - 1);
  return u - (u - a + h) / (1 + (p - 1) * (h / u));
}

/**
 * 1 < p < 2: with u = a w and v = w^(p−1), Newton on v^s + mu v − 1, s = 1 / (p − 1), mu = lambda a^(p−2), from min(1, 1 / mu). The result is
 * a (1 − mu v) or a v^s, whichever is better conditioned; the latter allows for the rounding of s.
 */
function shrinkBelowTwo(a: f64, lambda: f64, p: f64, s: f64, sLow: f64): f64 {
  const mu = lambda * power(a, p - 2);
  const start = min(1, 1 / mu);
  if (start == 0) return 0;
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

function newtonBelowTwo(v: f64, mu: f64, s: f64): f64 {
  const w = power(v, s);
  return v - (mu * v - 1 + w) / (mu + s * (w / v));
}
