import { exp } from "../scalar/exp";
import { Exp } from "../simd/exp";
import { Lanes } from "../simd/lanes";
import { divide } from "../vector/divide";
import { indexOf } from "../vector/indexOf";

/** Scores per pass of `shares`. */
const shareBlock: i32 = 128;

const moderateFrom: f64 = -700; // Exp.moderate from here to 0

/** Byte offset of the first score that equals `largest` and is not the own one; past the end if there is none, that is if `largest` is NaN. */
export function firstOther(scores: usize, label: i32, classes: i32, largest: f64): usize {
  let j = indexOf(scores, classes, largest);
  if (j == label) j += 1 + indexOf(scores + ((<usize>(j + 1)) << 3), classes - j - 1, largest);
  return (<usize>j) << 3;
}

/**
 * shares: out_j ← exp(scores_j − largest) where that is at most 1; elsewhere anything. Where `before` is not 0, before_j ← before_j / divisor meanwhile.
 *
 * scores, out, before: f64[classes], apart; scratch: f64[2][shareBlock].
 * An exponential is a chain of some 35 operations, of which a processor sees too few chains at a time to be busy. So every block makes three passes with a part
 * of the chain each; the divider, a unit of its own, is idle in the second.
 */
export function shares(scores: usize, out: usize, classes: i32, largest: f64, scratch: usize, before: usize, divisor: f64): void {
  const isFinite = largest - largest == 0;
  const isDividing = before != 0;
  for (const end = scores + ((<usize>(classes & ~1)) << 3); scores < end; ) {
    const bytes = min<usize>(end - scores, shareBlock << 3);
    if (isFinite && reduce(scores, largest, scratch, bytes) >= moderateFrom) {
      if (isDividing) curvesAndQuotients(scratch, out, bytes, before, divisor);
      else curves(scratch, out, bytes);
      powers(scratch, out, bytes);
    } else {
      farShares(scores, out, bytes, largest);
      if (isDividing) divide(before, <i32>(bytes >> 3), divisor);
    }
    scores += bytes;
    out += bytes;
    before += bytes;
  }
  if ((classes & 1) == 0) return;
  store<f64>(out, exp(load<f64>(scores) - largest));
  if (isDividing) store<f64>(before, load<f64>(before) / divisor);
}

const upperOffset: usize = shareBlock << 3;

/** scratch ← the multiples k and the uppers of scores − largest; returns the lowest difference. */
function reduce(scores: usize, largest: f64, scratch: usize, bytes: usize): f64 {
  const shift = f64x2.splat(largest);
  let lowest = f64x2.splat(0);
  for (const end = scores + bytes; scores < end; scores += 16, scratch += 16) {
    const x = f64x2.sub(v128.load(scores), shift);
    const k = Exp.multiple(x);
    v128.store(scratch, k);
    v128.store(scratch, Exp.upper(x, k), upperOffset);
    lowest = f64x2.pmin(lowest, x);
  }
  return Lanes.min(lowest);
}

/** out ← the curves. */
function curves(scratch: usize, out: usize, bytes: usize): void {
  for (const end = out + bytes; out < end; out += 16, scratch += 16) {
    v128.store(out, Exp.curve(Exp.reduced(v128.load(scratch, upperOffset), v128.load(scratch))));
  }
}

/** out ← the curves; before ← before / divisor. */
function curvesAndQuotients(scratch: usize, out: usize, bytes: usize, before: usize, divisor: f64): void {
  const divisors = f64x2.splat(divisor);
  for (const end = out + bytes; out < end; out += 16, scratch += 16, before += 16) {
    v128.store(before, f64x2.div(v128.load(before), divisors));
    v128.store(out, Exp.curve(Exp.reduced(v128.load(scratch, upperOffset), v128.load(scratch))));
  }
}

/** out ← the exponentials, from the curves. */
function powers(scratch: usize, out: usize, bytes: usize): void {
  for (const end = out + bytes; out < end; out += 16, scratch += 16) {
    const k = v128.load(scratch);
    const hi = v128.load(scratch, upperOffset);
    v128.store(out, Exp.raised(Exp.mantissaFrom(hi, k, Exp.reduced(hi, k), v128.load(out)), k));
  }
}

/** out ← exp(scores − largest), whatever that is. */
function farShares(scores: usize, out: usize, bytes: usize, largest: f64): void {
  const shift = f64x2.splat(largest);
  for (const end = out + bytes; out < end; out += 16, scores += 16) v128.store(out, Exp.pair(f64x2.sub(v128.load(scores), shift)));
}
