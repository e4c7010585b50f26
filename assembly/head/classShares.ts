import { exp } from "../scalar/exp";
import { Exp } from "../simd/exp";
import { Lanes } from "../simd/lanes";
import { indexOf } from "../vector/indexOf";

const moderateFrom = memory.data<f64>([-700]); // Exp.moderate from here to 0

/** Byte offset of the first score that equals `largest` and is not the own one; past the end if there is none, that is if `largest` is NaN. */
export function firstOther(scores: usize, label: i32, classes: i32, largest: f64): usize {
  let j = indexOf(scores, classes, largest);
  if (j == label) j += 1 + indexOf(scores + ((<usize>(j + 1)) << 3), classes - j - 1, largest);
  return (<usize>j) << 3;
}

/** The sum of the shares of a row of scores: e_j = exp(s_j − largest), 0 at the byte offsets `own` and `top`, in four lanes. */
export function sumOfShares(scores: usize, classes: i32, largest: f64, own: usize, top: usize): f64 {
  return shares(scores, 0, classes, largest, own, top, false, false, 0);
}

/** `sumOfShares`, with the shares in the row `seeds`. */
export function storedShares(scores: usize, seeds: usize, classes: i32, largest: f64, own: usize, top: usize): f64 {
  return shares(scores, seeds, classes, largest, own, top, true, false, 0);
}

/**
 * `storedShares`, while the row before `seeds` is divided by `divisor`: the divider is a unit of its own, which would wait for all else and all else for it,
 * were one row after the other divided.
 */
export function followingShares(scores: usize, seeds: usize, classes: i32, largest: f64, own: usize, top: usize, divisor: f64): f64 {
  return shares(scores, seeds, classes, largest, own, top, true, true, divisor);
}

/** In blocks of four; those that hold `own` or `top` have other code than the rest, whose scores are none above `largest`. */
@inline
function shares(
  scores: usize,
  seeds: usize,
  classes: i32,
  largest: f64,
  own: usize,
  top: usize,
  isStored: bool,
  isFollowing: bool,
  divisor: f64,
): f64 {
  const end = scores + ((<usize>classes) << 3);
  const quadEnd = scores + ((<usize>(classes & ~3)) << 3);
  const lastSpecial = scores + (max(own, top) & ~31);
  const ownAt = scores + own;
  const topAt = scores + top;
  const shift = f64x2.splat(largest);
  const divisors = f64x2.splat(divisor);
  let before = seeds - ((<usize>classes) << 3);
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  for (let stop = scores + (min(own, top) & ~31); ; stop = scores <= lastSpecial ? lastSpecial : quadEnd) {
    for (const plainEnd = min(stop, quadEnd); scores < plainEnd; scores += 32) {
      let x0 = f64x2.sub(v128.load(scores), shift);
      let x1 = f64x2.sub(v128.load(scores, 16), shift);
      if (i64x2.bitmask(f64x2.ge(f64x2.pmin(x0, x1), v128.load64_splat(moderateFrom))) == 3) {
        x0 = Exp.moderatePair(x0);
        x1 = Exp.moderatePair(x1);
      } else {
        x0 = anyPair(x0);
        x1 = anyPair(x1);
      }
      sum0 = f64x2.add(sum0, x0);
      sum1 = f64x2.add(sum1, x1);
      if (isStored) {
        v128.store(seeds, x0);
        v128.store(seeds, x1, 16);
        seeds += 32;
      }
      if (isFollowing) {
        v128.store(before, f64x2.div(v128.load(before), divisors));
        v128.store(before, f64x2.div(v128.load(before, 16), divisors), 16);
        before += 32;
      }
    }
    if (scores == quadEnd) break;
    for (const blockEnd = scores + 32; scores < blockEnd; scores += 16) {
      const x = zeroAt(ownAt, zeroAt(topAt, anyPair(f64x2.sub(v128.load(scores), shift)), scores), scores);
      if (blockEnd - scores == 32) sum0 = f64x2.add(sum0, x);
      else sum1 = f64x2.add(sum1, x);
      if (isStored) {
        v128.store(seeds, x);
        seeds += 16;
      }
      if (isFollowing) {
        v128.store(before, f64x2.div(v128.load(before), divisors));
        before += 16;
      }
    }
  }
  let sum = Lanes.sum(f64x2.add(sum0, sum1));
  for (; scores < end; scores += 8) {
    const share = scores == ownAt || scores == topAt ? 0 : exp(load<f64>(scores) - largest);
    sum += share;
    if (isStored) {
      store<f64>(seeds, share);
      seeds += 8;
    }
    if (isFollowing) {
      store<f64>(before, load<f64>(before) / divisor);
      before += 8;
    }
  }
  return sum;
}

function anyPair(x: v128): v128 {
  return Exp.pair(x);
}

/** The pair that stands at `at`, with 0 in place of the entry at `place`. */
@inline
function zeroAt(place: usize, pair: v128, at: usize): v128 {
  return v128.andnot(pair, i64x2.eq(i64x2.splat(<i64>place - <i64>at), i64x2(0, 8)));
}
