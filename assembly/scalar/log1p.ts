import { Bits } from "./bits";
import { logReduced } from "./logReduced";

const sqrtHalfHigh: i32 = 0x3fe6a09e; // upper word of √½
const oneHigh: i32 = 0x3ff00000;

/**
 * log1p: log(1 + x), at most 2 ULP; log1p(−1) = −∞, log1p(x < −1) = NaN, log1p(−0) = −0.
 *
 *   u = fl(1 + x) = 2^k (1 + f),  log(1 + x) = log u + (1 + x − u) / u
 *
 * Source: fdlibm s_log1p.c in the form of FreeBSD and musl.
 */
export function log1p(x: f64): f64 {
  if (!(x > -1)) return x == -1 ? -Infinity : NaN;
  if (x == Infinity) return x;
  if (abs(x) < 1.1102230246251565e-16) return x; // 2^-53
  if (x > -0.29 && x < 0.41) return logReduced(0, x, 0);

  const u = 1 + x;
  const high = Bits.high(u) + (oneHigh - sqrtHalfHigh);
  const k = (high >> 20) - 1023;
  const correction = k >= 54 ? 0 : (k >= 2 ? 1 - (u - x) : x - (u - 1)) / u;
  const f = Bits.withHigh(u, (high & 0x000fffff) + sqrtHalfHigh) - 1;
  return logReduced(<f64>k, f, correction);
}
