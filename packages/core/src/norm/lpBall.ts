import { type Kernels, type Pointer, Scratch, type Span } from "@steepest/kernels";
import { rootOf } from "./rootOf.js";

/** 1/p and 1/q of an ℓp norm, each accurate relative to itself; their sum is 1. */
export interface Exponents {
  readonly own: number;
  readonly other: number;
}

/** The vector x to split, and its scratch. */
export interface SplitProblem {
  readonly x: Pointer;
  readonly length: number;
  readonly exponents: Exponents;
  /** Results may be written to `delta`. */
  readonly scratch: SplitScratch;
}

type SplitScratch = Readonly<Record<"gaps" | "delta", Span>>;

/** Scratch to split vectors of a length. */
export function splitScratch(length: number): Scratch<Record<"gaps" | "delta", number>> {
  return new Scratch({ gaps: length, delta: length });
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
 * The left side of the last equation increases in Y.
 *
 * Error: every uᵢ is within a few n ε of `radius`; for p >= 2 also within a few n ε (1 + log(M / aᵢ)) of itself. Below 2, small entries are ill
 * conditioned: aᵢ ↦ uᵢ magnifies relative errors by up to 1 / (sᵢ + (1 - sᵢ)(p - 1)), sᵢ = uᵢ / aᵢ, at most 1 / (p - 1). wᵢ likewise with p and q
 * exchanged, and 1 / (1 - radius / ||x||_p) times that, by which m magnifies a rounding of the radius.
 */
export function splitByBall(kernels: Kernels, problem: SplitProblem, radius: number): Split {
  const { x, length, exponents, scratch } = problem;
  const { own, other } = exponents;
  const largest = kernels.maxAbs(x, length);
  const logRatio = logOfRatio(kernels, radius, largest);
  const parts = (y: number): Parts => {
    const z = Math.min(own * y + logRatio, 0);
    return { u: kernels.exp(z), w: -kernels.expm1(z) };
  };
  const { y, writeGaps } = searchShares(kernels, problem, largest, parts, Math.min(0, -logRatio / own));
  const { u, w } = parts(y);
  const write = (out: Pointer, exponent: number, first: number, ratio: number): void => {
    writeGaps();
    kernels.lpPart(x, scratch.delta.ptr, out, length, exponent, first, ratio);
  };
  return {
    restNorm: w * largest * kernels.exp(-other * y),
    projection: (out) => write(out, own, radius * kernels.exp(own * y), w / u),
    rest: (out) => write(out, other, w * largest, u / w),
  };
}

/**
 * ||u||_p of the u that minimises ½||u - x||₂² + c/2 ||u||_p², x ≠ 0, c > 0: as above with m = c ||u||_p instead of a given radius, so that the split
 * of the largest entry is s = 1 / (1 + c e^((1/q - 1/p) Y)).
 */
export function shrunkBySquare(kernels: Kernels, problem: SplitProblem, c: number): number {
  const { own, other } = problem.exponents;
  const largest = kernels.maxAbs(problem.x, problem.length);
  const parts = (y: number): Parts => {
    const ratio = c * kernels.exp((other - own) * y);
    return { u: 1 / (1 + ratio), w: ratio / (1 + ratio) };
  };
  const { y } = searchShares(kernels, problem, largest, parts, 0);
  return parts(y).u * largest * kernels.exp(-own * y);
}

/** u / M and w / M of the largest entry, which add up to 1. */
interface Parts {
  readonly u: number;
  readonly w: number;
}

/** The Y in [-log n, top] at which the shares add up to 1, and the gaps δ there. */
function searchShares(
  kernels: Kernels,
  { x, length, exponents: { own, other }, scratch }: SplitProblem,
  largest: number,
  parts: (y: number) => Parts,
  top: number,
): { readonly y: number; writeGaps(): void } {
  const [gaps, delta] = [scratch.gaps.ptr, scratch.delta.ptr];
  kernels.lpLogGaps(x, gaps, length, largest);
  const shares = (y: number): number => {
    const { u, w } = parts(y);
    return kernels.lpShareGaps(gaps, delta, length, Math.min(own, other), own > other ? u : w, own > other ? w : u);
  };
  const y = rootOf((candidate) => -(candidate + kernels.log(shares(candidate))), -kernels.log(length), top);
  return { y, writeGaps: () => shares(y) };
}

/** log(a / b), accurate relative to itself where a is close to b, and where the quotient leaves the range. */
function logOfRatio(kernels: Kernels, a: number, b: number): number {
  const ratio = a / b;
  if (ratio > 0.5 && ratio < 2) return kernels.log1p((a - b) / b);
  return ratio > 2 ** -1000 && ratio < Infinity ? kernels.log(ratio) : kernels.log(a) - kernels.log(b);
}
