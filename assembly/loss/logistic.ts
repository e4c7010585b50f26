import { exp } from "../scalar/exp";
import { log } from "../scalar/log";
import { log1p } from "../scalar/log1p";

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
  const end = weights + ((<usize>n) << 3);

  let largest: f64 = -Infinity;
  for (let w = weights, q = margins; w < end; w += 8, q += 8) {
    const value = logLoss(-load<f64>(q));
    store<f64>(w, value);
    largest = max(largest, value);
  }

  let sum: f64 = 0;
  for (let w = weights; w < end; w += 8) sum += exp(load<f64>(w) - largest);

  for (let w = weights, q = margins; w < end; w += 8, q += 8) {
    store<f64>(w, exp(-softplus(load<f64>(q)) - largest) / sum);
  }
  return largest + log(sum);
}
