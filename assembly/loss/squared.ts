import { log } from "../scalar/log";
import { divide } from "../vector/divide";
import { maxAbs } from "../vector/maxAbs";
import { sumSquares } from "../vector/sumSquares";

const ln2: f64 = 6.93147180559945286227e-1;

/**
 * squaredLoss: log risk of R = Σᵢ ½ ‖scoresᵢ − targetsᵢ‖², with residuals r = targets − scores relative to the largest, M = max |r|:
 *
 *   S = Σ (r / M)²    log R = 2 log M + log(S / 2)    seeds = r / M    weightsᵢ = M / R = 2 / (S M)
 *
 * so that −weightsᵢ seedsᵢj = ∂R/∂scoresᵢj / R. scores, targets, seeds: f64[n][outputs], weights: f64[n], 8-byte aligned, seeds and weights apart from all.
 * Neither M² nor R is formed. Where a residual of finite numbers overflows, all are halved and log M and weights corrected for it. R = 0 gives −∞ and zeros;
 * a NaN or an infinity NaN.
 */
export function squaredLoss(scores: usize, targets: usize, seeds: usize, weights: usize, n: i32, outputs: i32): f64 {
  const count = n * outputs;
  let factor: f64 = 1;
  let largest = residuals(scores, targets, seeds, count, factor);
  if (largest == Infinity) {
    factor = 0.5;
    largest = residuals(scores, targets, seeds, count, factor);
  }
  if (largest != 0) divide(seeds, count, largest);

  const sum = sumSquares(seeds, count, 1);
  const weight = largest == 0 ? 0 : ((2 / sum) * factor) / largest;
  for (const end = weights + ((<usize>n) << 3); weights < end; weights += 8) store<f64>(weights, weight);
  return 2 * (log(largest) + (factor == 1 ? 0 : ln2)) + log(0.5 * sum);
}

/** out ← factor targets − factor scores; returns the largest magnitude. */
function residuals(scores: usize, targets: usize, out: usize, n: i32, factor: f64): f64 {
  const end = out + ((<usize>n) << 3);
  const pairEnd = out + ((<usize>(n & ~1)) << 3);
  const first = out;
  const factors = f64x2.splat(factor);
  for (; out < pairEnd; out += 16, scores += 16, targets += 16) {
    v128.store(out, f64x2.sub(f64x2.mul(factors, v128.load(targets)), f64x2.mul(factors, v128.load(scores))));
  }
  if (out < end) store<f64>(out, factor * load<f64>(targets) - factor * load<f64>(scores));
  return maxAbs(first, n);
}
