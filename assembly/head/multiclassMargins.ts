import { log1p } from "../scalar/log1p";
import { divide } from "../vector/divide";
import { sumAbs } from "../vector/sumAbs";
import { firstOther, shares } from "./classShares";
import { largestOther } from "./largestOther";

/**
 * multiclassMargins: the smoothed margins of the samples and their derivatives by the scores, y = labelsᵢ:
 *
 *   smoothedᵢ = s_y − log Σ_{j ≠ y} e^{s_j}    seedsᵢy = 1    seedsᵢj = −e^{s_j} / Σ_{k ≠ y} e^{s_k}
 *
 * scores, seeds: f64[n][classes], labels: f64[n] of integers 0..classes − 1, smoothed: f64[n], scratch: f64[256], 8-byte aligned, apart, classes ≥ 2.
 * With M = s_m the largest other score (lowest index m): smoothed = (s_y − M) − log1p(rest), rest = Σ_{j ≠ y, m} exp(s_j − M) in four lanes over the row, so
 * only differences of scores count, and two classes give s_y − s_m exactly. Overflow only where s_y − M does. A NaN score makes smoothedᵢ NaN.
 * The shares of a sample are divided by their total while those of the next one are computed.
 */
export function multiclassMargins(scores: usize, labels: usize, smoothed: usize, seeds: usize, n: i32, classes: i32, scratch: usize): void {
  if (n == 0) return;
  const stride = (<usize>classes) << 3;
  let total: f64 = 0; // of the sample before, as the offsets
  let own: usize = 0;
  let top: usize = 0;
  for (const end = labels + ((<usize>n) << 3); labels < end; labels += 8, smoothed += 8, scores += stride, seeds += stride) {
    const label = <i32>load<f64>(labels);
    const largest = largestOther(scores, label, classes);
    const ownNow = (<usize>label) << 3;
    const topNow = firstOther(scores, label, classes, largest);

    const before = total == 0 ? 0 : seeds - stride;
    shares(scores, seeds, classes, largest, scratch, before, -total);
    if (before != 0) finish(before, stride, own, top, total);
    store<f64>(seeds + ownNow, 0);
    if (topNow < stride) store<f64>(seeds + topNow, 0);
    const rest = sumAbs(seeds, classes);
    store<f64>(smoothed, load<f64>(scores + ownNow) - largest - log1p(rest));
    total = 1 + rest;
    own = ownNow;
    top = topNow;
  }
  divide(seeds - stride, classes, -total);
  finish(seeds - stride, stride, own, top, total);
}

/** The seeds of the own class and of the largest other one, which have no share. */
function finish(seeds: usize, stride: usize, own: usize, top: usize, total: f64): void {
  if (top < stride) store<f64>(seeds + top, -(1 / total));
  store<f64>(seeds + own, 1);
}
