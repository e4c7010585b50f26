import { exp } from "../scalar/exp";
import { log1p } from "../scalar/log1p";
import { Exp } from "../simd/exp";
import { divide } from "../vector/divide";
import { indexOf } from "../vector/indexOf";
import { sumAbs } from "../vector/sumAbs";
import { largestOther } from "./largestOther";

/**
 * multiclassMargins: the smoothed margins of the samples and their derivatives by the scores, y = labelsᵢ:
 *
 *   smoothedᵢ = s_y − log Σ_{j ≠ y} e^{s_j}    seedsᵢy = 1    seedsᵢj = −e^{s_j} / Σ_{k ≠ y} e^{s_k}
 *
 * scores, seeds: f64[n][classes], labels: f64[n] of integers 0..classes − 1, smoothed: f64[n], 8-byte aligned, apart, classes ≥ 2.
 * With M = s_m the largest other score (lowest index m): smoothed = (s_y − M) − log1p(rest), rest = Σ_{j ≠ y, m} exp(s_j − M) in four lanes over the row, so
 * only differences of scores count, and two classes give s_y − s_m exactly. Overflow only where s_y − M does. A NaN score makes smoothedᵢ NaN.
 */
export function multiclassMargins(scores: usize, labels: usize, smoothed: usize, seeds: usize, n: i32, classes: i32): void {
  const stride = (<usize>classes) << 3;
  for (const end = labels + ((<usize>n) << 3); labels < end; labels += 8, smoothed += 8, scores += stride, seeds += stride) {
    const label = <i32>load<f64>(labels);
    const largest = largestOther(scores, label, classes);
    const own = (<usize>label) << 3;
    const top = firstOther(scores, label, classes, largest);

    shares(scores, seeds, classes, largest);
    store<f64>(seeds + own, 0);
    if (top < stride) store<f64>(seeds + top, 0);
    const rest = sumAbs(seeds, classes);

    const total = 1 + rest;
    divide(seeds, classes, -total);
    if (top < stride) store<f64>(seeds + top, -(1 / total));
    store<f64>(seeds + own, 1);
    store<f64>(smoothed, load<f64>(scores + own) - largest - log1p(rest));
  }
}

/** Byte offset of the first score that equals `largest` and is not the own one; past the end if there is none, that is if `largest` is NaN. */
function firstOther(scores: usize, label: i32, classes: i32, largest: f64): usize {
  let j = indexOf(scores, classes, largest);
  if (j == label) j += 1 + indexOf(scores + ((<usize>(j + 1)) << 3), classes - j - 1, largest);
  return (<usize>j) << 3;
}

/** out_j ← exp(scores_j − largest). */
function shares(scores: usize, out: usize, classes: i32, largest: f64): void {
  const end = scores + ((<usize>classes) << 3);
  const quadEnd = scores + ((<usize>(classes & ~3)) << 3);
  const shift = f64x2.splat(largest);
  for (; scores < quadEnd; scores += 32, out += 32) {
    const lo = f64x2.sub(v128.load(scores), shift);
    const hi = f64x2.sub(v128.load(scores, 16), shift);
    if (i64x2.all_true(v128.and(Exp.moderate(lo), Exp.moderate(hi)))) {
      v128.store(out, Exp.moderatePair(lo));
      v128.store(out, Exp.moderatePair(hi), 16);
    } else {
      v128.store(out, Exp.pair(lo));
      v128.store(out, Exp.pair(hi), 16);
    }
  }
  for (; scores < end; scores += 8, out += 8) store<f64>(out, exp(load<f64>(scores) - largest));
}
