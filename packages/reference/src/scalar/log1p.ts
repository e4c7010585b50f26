import { high, withHigh } from "./bits.js";
import { logReduced } from "./logReduced.js";

const sqrtHalfHigh = 0x3fe6a09e; // upper word of √½
const oneHigh = 0x3ff00000;

/** log(1 + x) = log u + (1 + x − u) / u with u = fl(1 + x) = 2^k (1 + f). Source: fdlibm s_log1p.c in the form of FreeBSD and musl. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY || Math.abs(x) < 2 ** -53) return x;
  if (x > -0.29 && x < 0.41) return logReduced(0, x, 0);

  const u = 1 + x;
  const shifted = high(u) + (oneHigh - sqrtHalfHigh);
  const k = (shifted >> 20) - 1023;
  const correction = k >= 54 ? 0 : (k >= 2 ? 1 - (u - x) : x - (u - 1)) / u;
  return logReduced(k, withHigh(u, (shifted & 0x000fffff) + sqrtHalfHigh) - 1, correction);
}
