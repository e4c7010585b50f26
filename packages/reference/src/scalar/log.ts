import { high, withHigh } from "./bits.js";
import { logReduced } from "./logReduced.js";

const sqrtHalfHigh = 0x3fe6a09e; // upper word of √½
const oneHigh = 0x3ff00000;

/** Natural logarithm: x = 2^k (1 + f), √½ ≤ 1 + f < √2. Source: fdlibm e_log.c in the form of FreeBSD and musl. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;

  const subnormal = x < 2 ** -1022;
  const normal = subnormal ? x * 2 ** 54 : x;
  const shifted = high(normal) + (oneHigh - sqrtHalfHigh);
  const k = (shifted >> 20) - (subnormal ? 1023 + 54 : 1023);
  return logReduced(k, withHigh(normal, (shifted & 0x000fffff) + sqrtHalfHigh) - 1, 0);
}
