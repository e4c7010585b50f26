import { Bits } from "./bits";
import { logReduced } from "./logReduced";

const sqrtHalfHigh: i32 = 0x3fe6a09e; // upper word of √½
const oneHigh: i32 = 0x3ff00000;

/**
 * log: natural logarithm, at most 1 ULP; log(±0) = −∞, log(x < 0) = NaN, subnormal arguments included.
 *
 *   x = 2^k (1 + f),  √½ ≤ 1 + f < √2
 *
 * Source: fdlibm e_log.c in the form of FreeBSD and musl.
 */
export function log(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;

  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984; // 2^54
    k = -54;
  }
  const high = Bits.high(x) + (oneHigh - sqrtHalfHigh);
  k += (high >> 20) - 1023;
  const f = Bits.withHigh(x, (high & 0x000fffff) + sqrtHalfHigh) - 1;
  return logReduced(<f64>k, f, 0);
}
