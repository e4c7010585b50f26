import { indexOf } from "../vector/indexOf";
import { maximum } from "../vector/maximum";

/**
 * topClass: topᵢ ← the lowest class with the largest score of sample i; NaN if a score of it is.
 *
 * scores: f64[n][classes], top: f64[n], 8-byte aligned, apart, classes ≥ 1.
 */
export function topClass(scores: usize, top: usize, n: i32, classes: i32): void {
  const stride = (<usize>classes) << 3;
  for (const end = top + ((<usize>n) << 3); top < end; top += 8, scores += stride) {
    const largest = maximum(scores, classes);
    store<f64>(top, largest == largest ? <f64>indexOf(scores, classes, largest) : NaN);
  }
}
