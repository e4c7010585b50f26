import { exp } from "../scalar/exp";
import { log } from "../scalar/log";
import { minimum } from "../vector/minimum";

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
  const end = weights + ((<usize>n) << 3);

  let sum: f64 = 0;
  for (let w = weights; w < end; w += 8, margins += 8) {
    const share = exp(-load<f64>(margins) - largest);
    store<f64>(w, share);
    sum += share;
  }

  for (let w = weights; w < end; w += 8) store<f64>(w, load<f64>(w) / sum);
  return largest + log(sum);
}
