import { log } from "../scalar/log";
import { divide } from "../vector/divide";
import { minimum } from "../vector/minimum";
import { exponentials } from "./exponentials";

/**
 * exponentialLoss: log risk and sample weights of l(q) = e^−q, in the log domain.
 *
 *   T = maxᵢ −qᵢ    S = Σ exp(−qᵢ − T), sequential    log risk = T + log S    wᵢ = exp(−qᵢ − T) / S
 *
 * margins, weights: f64[n], 8-byte aligned, n ≥ 1; weights may be margins. The weights sum to one. A NaN margin makes everything NaN.
 * Neither e^−q nor the risk is formed: both leave the range of f64 early in a run.
 */
export function exponentialLoss(margins: usize, weights: usize, n: i32): f64 {
  const largest = -minimum(margins, n);
  const sum = exponentials(margins, weights, n, -1, largest);
  divide(weights, n, sum);
  return largest + log(sum);
}
