import { log1p } from "../scalar/log1p";
import { sumAbs } from "../vector/sumAbs";
import { firstOther, shares } from "./classShares";
import { largestOther } from "./largestOther";

/**
 * smoothedMargins: the smoothed margins of multiclassMargins, the same bits, without their derivatives.
 *
 * scores: f64[n][classes], labels: f64[n] of integers 0..classes − 1, smoothed: f64[n], scratch: f64[256 + classes], 8-byte aligned, apart, classes ≥ 2.
 */
export function smoothedMargins(scores: usize, labels: usize, smoothed: usize, n: i32, classes: i32, scratch: usize): void {
  const stride = (<usize>classes) << 3;
  const row = scratch + (256 << 3);
  for (const end = labels + ((<usize>n) << 3); labels < end; labels += 8, smoothed += 8, scores += stride) {
    const label = <i32>load<f64>(labels);
    const largest = largestOther(scores, label, classes);
    const own = (<usize>label) << 3;
    const top = firstOther(scores, label, classes, largest);
    shares(scores, row, classes, largest, scratch, 0, 1);
    store<f64>(row + own, 0);
    if (top < stride) store<f64>(row + top, 0);
    const rest = sumAbs(row, classes);
    store<f64>(smoothed, load<f64>(scores + own) - largest - log1p(rest));
  }
}
