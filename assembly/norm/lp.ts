import { exp } from "../scalar/exp";
import { expm1 } from "../scalar/expm1";
import { log } from "../scalar/log";
import { log1p } from "../scalar/log1p";

const maxIterations: i32 = 100;
const smallestRatio: f64 = 9.332636185032189e-302; // 2^-1000

/**
 * lpLogGaps: outᵢ ← log(largest / |xᵢ|) ≥ 0, accurate relative to itself also where |xᵢ| is close to largest.
 *
 * x, out: f64[n], 8-byte aligned, n ≥ 0; out may be x. largest = maxᵢ |xᵢ|, finite and > 0. xᵢ = ±0 gives +∞.
 */
export function lpLogGaps(x: usize, out: usize, n: i32, largest: f64): void {
  for (const end = x + ((<usize>n) << 3); x < end; x += 8, out += 8) {
    const a = abs(load<f64>(x));
    const ratio = a / largest;
    store<f64>(out, ratio > 0.5 ? 0 - log1p((a - largest) / largest) : ratio >= smallestRatio ? -log(ratio) : log(largest) - log(a));
  }
}

/**
 * lpShareGaps: outᵢ ← δᵢ ≥ 0 with h(δᵢ) = gapsᵢ, and returns Σ e^−δᵢ: how the entries of a vector share the p-th power of the norm of its projection
 * onto an ℓp ball, relative to the largest.
 *
 *   h(δ) = −log(slow e^(−low δ) + fast e^(−(1 − low) δ)) = low δ − log(slow + fast e^(−(1 − 2 low) δ))
 *
 * gaps, out: f64[n], 8-byte aligned, n ≥ 0; out may be gaps. 0 < low ≤ ½; slow, fast ≥ 0, slow + fast = 1. gapsᵢ ≥ 0; +∞ stays +∞, NaN stays NaN.
 * Newton's method on the concave h, from the left, until the iterate no longer increases, at most 100 times. The sum is sequential.
 */
export function lpShareGaps(gaps: usize, out: usize, n: i32, low: f64, fast: f64, slow: f64): f64 {
  const spread = 1 - 2 * low;
  const steepest = low + spread * fast; // h'(0): h lies below this line and below the one that it tends to
  const logSlow = log(slow);
  let sum: f64 = 0;
  for (const end = gaps + ((<usize>n) << 3); gaps < end; gaps += 8, out += 8) {
    const gap = load<f64>(gaps);
    let delta = gap;
    if (slow == 0) delta = gap / (low + spread);
    else if (gap > 0 && gap < Infinity) delta = shareGap(gap, max(gap / steepest, (gap + logSlow) / low), low, spread, fast, slow);
    store<f64>(out, delta);
    sum += exp(-delta);
  }
  return sum;
}

function shareGap(gap: f64, start: f64, low: f64, spread: f64, fast: f64, slow: f64): f64 {
  let delta = newton(start, gap, low, spread, fast, slow);
  for (let i = 1; i < maxIterations; ++i) {
    const next = newton(delta, gap, low, spread, fast, slow);
    if (!(next > delta)) break;
    delta = next;
  }
  return delta;
}

function newton(delta: f64, gap: f64, low: f64, spread: f64, fast: f64, slow: f64): f64 {
  const z = -spread * delta;
  const drop = -fast * expm1(z);
  const left = fast * exp(z);
  const rest = slow + left;
  const h = low * delta - (drop < 0.5 ? log1p(-drop) : log(rest));
  return delta - (h - gap) / (low + spread * (left / rest));
}

/**
 * lpPart: outᵢ ← sign(xᵢ) u, one of the two parts of |xᵢ| = u + w, u = first e^(−exponent δᵢ), w = ratio first e^(−(1 − exponent) δᵢ).
 *
 * x, delta, out: f64[n], 8-byte aligned, n ≥ 0; out may be x or delta. xᵢ = ±0 gives +0. Where u ≥ w it is formed as |xᵢ| / (1 + w / u), elsewhere by
 * its own formula, as first r r with r = e^(−exponent δᵢ / 2), so that neither part is a difference. ratio may be +∞.
 */
export function lpPart(x: usize, delta: usize, out: usize, n: i32, exponent: f64, first: f64, ratio: f64): void {
  const rate = 2 * exponent - 1;
  for (const end = x + ((<usize>n) << 3); x < end; x += 8, delta += 8, out += 8) {
    const v = load<f64>(x);
    const gap = load<f64>(delta);
    const other = ratio == 0 ? 0 : ratio * exp(rate * gap);
    const root = exp(-0.5 * exponent * gap); // its square may underflow where first times it does not
    const u = other <= 1 ? abs(v) / (1 + other) : first * root * root;
    store<f64>(out, v == 0 ? 0 : v < 0 ? -u : u);
  }
}
