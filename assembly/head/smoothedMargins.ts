import { log1p } from "../scalar/log1p";
import { firstOther, sumOfShares } from "./classShares";
import { largestOther } from "./largestOther";

/**
 * smoothedMargins: the smoothed margins of multiclassMargins, the same bits, without their derivatives.
 *
 * scores: f64[n][classes], labels: f64[n] of integers 0..classes − 1, smoothed: f64[n], 8-byte aligned, apart, classes ≥ 2.
 */
export function smoothedMargins(scores: usize, labels: usize, smoothed: usize, n: i32, classes: i32): void {
  const stride = (<usize>classes) << 3;
  for (const end = labels + ((<usize>n) << 3); labels < end; labels += 8, smoothed += 8, scores += stride) {
    const label = <i32>load<f64>(labels);
    const largest = largestOther(scores, label, classes);
    const own = (<usize>label) << 3;
    const rest = sumOfShares(scores, classes, largest, own, firstOther(scores, label, classes, largest));
    store<f64>(smoothed, load<f64>(scores + own) - largest - log1p(rest));
  }
}
