import type { LossKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { exp } from "../scalar/exp.js";
import { log } from "../scalar/log.js";
import { log1p } from "../scalar/log1p.js";
import { squaredLossKernels } from "./squared.js";

/** log log(1 + e^u): the log of the logistic loss of a sample with margin −u. */
function logLogistic(u: number): number {
  if (u < -37) return u;
  if (u < -1) {
    const risk = exp(u);
    return u + log(log1p(risk) / risk);
  }
  return log(u <= 37 ? log1p(exp(u)) : u);
}

/** log(1 + e^q). */
const softplus = (q: number): number => Math.max(q, 0) + log1p(exp(-Math.abs(q)));

/**
 * Log risk and sample weights in the log domain: T = maxᵢ log l(qᵢ), S = Σ exp(log l(qᵢ) − T), log risk = T + log S, wᵢ = exp(slope(qᵢ) − T) / S,
 * where slope is log(−l').
 */
export function lossKernels(memory: Memory): LossKernels {
  const { f64 } = memory;
  const loss =
    (logLoss: (q: number) => number, slope: (q: number) => number): LossKernels["logisticLoss"] =>
    (margins, weights, n) => {
      const [source, target] = [margins >>> 3, weights >>> 3];
      let largest = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < n; i++) largest = Math.max(largest, logLoss(f64[source + i]!));
      let sum = 0;
      for (let i = 0; i < n; i++) sum += exp(logLoss(f64[source + i]!) - largest);
      for (let i = 0; i < n; i++) f64[target + i] = exp(slope(f64[source + i]!) - largest) / sum;
      return largest + log(sum);
    };

  return {
    ...squaredLossKernels(memory),
    exponentialLoss: loss(
      (q) => -q,
      (q) => -q,
    ),
    logisticLoss: loss(
      (q) => logLogistic(-q),
      (q) => -softplus(q),
    ),
  };
}
