import type { Kernels, Pointer } from "@steepest/kernels";
import { rootOf } from "./rootOf.js";

/** 1/p and 1/q of the ball {||u||_p <= radius}, each accurate relative to itself; their sum is 1. */
export interface Exponents {
  readonly own: number;
  readonly other: number;
}

/** The x to split, and where there is room for it. */
export interface BallProblem {
  readonly x: Pointer;
  readonly length: number;
  readonly radius: number;
  readonly exponents: Exponents;
  /** f64[2 length]; results may be written to its second half. */
  readonly scratch: Pointer;
}

/** x = u + w: u the projection of x onto the ball {||u||_p <= radius}, w the proximal point of radius ||.||_q. */
export interface Split {
  /** ||w||_q, the multiplier of the constraint. */
  readonly restNorm: number;
  /** out ← u. */
  projection(out: Pointer): void;
  /** out ← w. */
  rest(out: Pointer): void;
}

/**
 * Splits an x outside the ball {||u||_p <= radius}, radius > 0, in a form that no p, radius or range of entries leads out of the doubles. With
 * a = |x|, M = max a, the shares tᵢ = (uᵢ / radius)^p of the norm, Σ tᵢ = 1, and m = ||w||_q:
 *
 *   uᵢ = radius tᵢ^(1/p),  wᵢ = m tᵢ^(1/q),  uᵢ + wᵢ = aᵢ
 *
 * The unknown is Y = log t of the largest entry, -log n <= Y <= 0. It gives the largest entry's split s = u/M = (radius / M) e^(Y/p), and that the gaps
 * δᵢ = Y - log tᵢ >= 0 of the others:
 *
 *   -log(s e^(-δᵢ/p) + (1 - s) e^(-δᵢ/q)) = log(M / aᵢ)      Y + log Σ e^(-δᵢ) = 0
 *
 * The left side of the last equation increases in Y. Error: a few ε times n of `radius` in every uᵢ; relative to uᵢ itself, with sᵢ = uᵢ / aᵢ,
 * a few ε (1 + log(M / aᵢ)) κ, κ = (1/p) / (sᵢ/p + (1 - sᵢ)/q), which is by how much uᵢ magnifies a relative error of aᵢ where radius and multiplier are
 * held: at most 1 for p >= 2, at most 1 / (p - 1) below. wᵢ likewise with p and q exchanged.
 */
export function splitByBall(kernels: Kernels, { x, length, radius, exponents, scratch }: BallProblem): Split {
  const { own, other } = exponents;
  const largest = kernels.maxAbs(x, length);
  const [gaps, delta] = [scratch, scratch + 8 * length];
  kernels.lpLogGaps(x, gaps, length, largest);
  const ownIsFast = own > other;
  const logRatio = logOfRatio(kernels, radius, largest);
  const parts = (y: number): readonly [u: number, w: number] => {
    const z = Math.min(own * y + logRatio, 0);
    return [kernels.exp(z), -kernels.expm1(z)];
  };
  const shares = (y: number): number => {
    const [u, w] = parts(y);
    return kernels.lpShareGaps(gaps, delta, length, Math.min(own, other), ownIsFast ? u : w, ownIsFast ? w : u);
  };
  const lack = (y: number): number => -(y + kernels.log(shares(y)));
  const y = rootOf(lack, -kernels.log(length), Math.min(0, -logRatio / own));
  const [u, w] = parts(y);
  const write = (out: Pointer, exponent: number, first: number, ratio: number): void => {
    shares(y);
    kernels.lpPart(x, delta, out, length, exponent, first, ratio);
  };
  return {
    restNorm: w * largest * kernels.exp(-other * y),
    projection: (out) => write(out, own, radius * kernels.exp(own * y), w / u),
    rest: (out) => write(out, other, w * largest, u / w),
  };
}

/** log(a / b), accurate relative to itself where a is close to b, and where the quotient leaves the range. */
function logOfRatio(kernels: Kernels, a: number, b: number): number {
  const ratio = a / b;
  if (ratio > 0.5 && ratio < 2) return kernels.log1p((a - b) / b);
  return ratio > 2 ** -1000 && ratio < Infinity ? kernels.log(ratio) : kernels.log(a) - kernels.log(b);
}
