import { exp } from "../scalar/exp";
import { log } from "../scalar/log";
import { log1p } from "../scalar/log1p";
import { Exp } from "../simd/exp";
import { Lanes } from "../simd/lanes";
import { Log } from "../simd/log";
import { divide } from "../vector/divide";
import { exponentials } from "./exponentials";

/** log log(1 + e^u): the log of the loss of a sample with margin −u. */
function logLoss(u: f64): f64 {
  if (u < -37) return u; // the next term is −e^u / 2
  if (u < -1) {
    const risk = exp(u);
    return u + log(log1p(risk) / risk);
  }
  return log(u <= 37 ? log1p(exp(u)) : u);
}

/** log(1 + e^q). */
function softplus(q: f64): f64 {
  return max(q, 0) + log1p(exp(-abs(q)));
}

/**
 * logisticLoss: log risk and sample weights of l(q) = log(1 + e^−q), in the log domain.
 *
 *   T = maxᵢ log l(qᵢ)    S = Σ exp(log l(qᵢ) − T), sequential    log risk = T + log S    wᵢ = exp(−softplus(qᵢ) − T) / S
 *
 * margins, weights: f64[n], 8-byte aligned, n ≥ 1; weights must not be margins. The weights sum to at most one. A NaN margin makes everything NaN.
 * T shifts the weights as well: exp(−softplus(q) − log risk) would lose ε |log risk|.
 */
export function logisticLoss(margins: usize, weights: usize, n: i32): f64 {
  const largest = logLosses(margins, weights, n);
  const sum = exponentials(weights, weights, n, 1, largest);
  softpluses(margins, weights, n);
  exponentials(weights, weights, n, -1, largest);
  divide(weights, n, sum);
  return largest + log(sum);
}

/** out ← log l(q); returns the largest. */
function logLosses(q: usize, out: usize, n: i32): f64 {
  const end = out + ((<usize>n) << 3);
  const pairEnd = out + ((<usize>(n & ~1)) << 3);
  const bound = f64x2.splat(37);
  const steep = f64x2.splat(-1);
  let largestPair = f64x2.splat(-Infinity);
  let largest: f64 = -Infinity;
  for (; out < pairEnd; out += 16, q += 16) {
    const u = f64x2.neg(v128.load(q));
    let value: v128;
    if (i64x2.all_true(f64x2.le(f64x2.abs(u), bound))) {
      const power = Exp.moderatePair(u);
      const risk = Log.onePlusPair(power);
      const isSmall = f64x2.lt(u, steep);
      const logarithm = Log.pair(v128.bitselect(f64x2.div(risk, power), risk, isSmall));
      value = v128.bitselect(f64x2.add(u, logarithm), logarithm, isSmall);
    } else {
      value = f64x2.replace_lane(f64x2.splat(logLoss(f64x2.extract_lane(u, 0))), 1, logLoss(f64x2.extract_lane(u, 1)));
    }
    v128.store(out, value);
    largestPair = f64x2.max(largestPair, value);
  }
  if (out < end) {
    largest = logLoss(-load<f64>(q));
    store<f64>(out, largest);
  }
  return max(Lanes.max(largestPair), largest);
}

/** out ← log(1 + e^q). */
function softpluses(q: usize, out: usize, n: i32): void {
  const end = out + ((<usize>n) << 3);
  const pairEnd = out + ((<usize>(n & ~1)) << 3);
  for (; out < pairEnd; out += 16, q += 16) {
    const x = v128.load(q);
    if (i64x2.all_true(Exp.moderate(x))) {
      const power = Exp.moderatePair(f64x2.neg(f64x2.abs(x)));
      v128.store(out, f64x2.add(f64x2.max(x, f64x2.splat(0)), Log.onePlusPair(power)));
    } else {
      store<f64>(out, softplus(f64x2.extract_lane(x, 0)));
      store<f64>(out, softplus(f64x2.extract_lane(x, 1)), 8);
    }
  }
  if (out < end) store<f64>(out, softplus(load<f64>(q)));
}
