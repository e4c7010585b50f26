import { maximum } from "../vector/maximum";

/** max over j ≠ label of scores_j, scores: f64[classes]; NaN if one of these is NaN. */
export function largestOther(scores: usize, label: i32, classes: i32): f64 {
  return max(maximum(scores, label), maximum(scores + ((<usize>(label + 1)) << 3), classes - 1 - label));
}
