import { Lanes } from "../simd/lanes";
import { maximum } from "../vector/maximum";

/**
 * max over j ≠ label of scores_j, scores: f64[classes]; NaN if one of these is NaN; −0 counts as below +0.
 *
 * In blocks of eight, as `maximum`; in the block that holds the label −∞ stands for its score.
 */
export function largestOther(scores: usize, label: i32, classes: i32): f64 {
  const end = scores + ((<usize>classes) << 3);
  const blockEnd = scores + ((<usize>(classes & ~7)) << 3);
  const own = scores + ((<usize>label) << 3);
  let max0 = f64x2.splat(-Infinity);
  let max1 = max0;
  let max2 = max0;
  let max3 = max0;
  let unordered = f64x2.ne(max0, max0);
  let at = scores;
  for (let stop = min(scores + ((<usize>(label & ~7)) << 3), blockEnd); ; stop = blockEnd) {
    for (; at < stop; at += 64) {
      const x0 = v128.load(at);
      max0 = f64x2.pmax(max0, x0);
      unordered = v128.or(unordered, f64x2.ne(x0, x0));
      const x1 = v128.load(at, 16);
      max1 = f64x2.pmax(max1, x1);
      unordered = v128.or(unordered, f64x2.ne(x1, x1));
      const x2 = v128.load(at, 32);
      max2 = f64x2.pmax(max2, x2);
      unordered = v128.or(unordered, f64x2.ne(x2, x2));
      const x3 = v128.load(at, 48);
      max3 = f64x2.pmax(max3, x3);
      unordered = v128.or(unordered, f64x2.ne(x3, x3));
    }
    if (at == blockEnd) break;
    for (let last = at + 64; at < last; at += 16) {
      const x = without(own, at);
      max0 = f64x2.pmax(max0, x);
      unordered = v128.or(unordered, f64x2.ne(x, x));
    }
  }
  if (v128.any_true(unordered)) return NaN;
  let largest = Lanes.max(f64x2.pmax(f64x2.pmax(max0, max1), f64x2.pmax(max2, max3)));
  for (; at < end; at += 8) if (at != own) largest = max(largest, load<f64>(at));
  return largest != 0 ? largest : max(maximum(scores, label), maximum(own + 8, classes - 1 - label));
}

/** The two scores at `at`, with −∞ in place of the one at `own`. */
function without(own: usize, at: usize): v128 {
  const offset = i64x2.splat(<i64>own - <i64>at);
  return v128.bitselect(f64x2.splat(-Infinity), v128.load(at), i64x2.eq(offset, i64x2(0, 8)));
}
