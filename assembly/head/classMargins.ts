import { largestOther } from "./largestOther";

/**
 * classMargins: marginsᵢ ← s_y − max_{j ≠ y} s_j, y = labelsᵢ: how far the score of a sample's class lies above the best of the others.
 *
 * scores: f64[n][classes], labels: f64[n] of integers 0..classes − 1, margins: f64[n], 8-byte aligned, apart, classes ≥ 2. NaN if any score of the sample is.
 */
export function classMargins(scores: usize, labels: usize, margins: usize, n: i32, classes: i32): void {
  const stride = (<usize>classes) << 3;
  for (const end = labels + ((<usize>n) << 3); labels < end; labels += 8, margins += 8, scores += stride) {
    const label = <i32>load<f64>(labels);
    store<f64>(margins, load<f64>(scores + ((<usize>label) << 3)) - largestOther(scores, label, classes));
  }
}
