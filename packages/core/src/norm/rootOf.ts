/** Width of the final bracket, as a share of the first one: half a unit in the last place of its upper end. */
const relativeWidth = 2 ** -54;

/** Steps beyond those of halving that the worst case may take. */
const slackSteps = 1;

/**
 * The zero of a decreasing function in [low, high], f(low) >= 0 >= f(high): the upper end of a bracket of width 2⁻⁵⁴ (high - low). Deterministic;
 * at most 56 evaluations, about ten where f is smooth. NaN ends the search at once.
 * Source: the ITP method, Oliveira & Takahashi, ACM TOMS 47 (2020), with κ₁ = 0.2 / (high - low), κ₂ = 2.
 */
export function rootOf(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let [fa, fb] = [f(a), f(b)];
  const width = b - a;
  const epsilon = (width * relativeWidth) / 2;
  if (!(fb < 0) || !(fa > 0) || !(width > 0)) return fa > 0 ? b : a;
  let allowance = epsilon * 2 ** (54 + slackSteps);
  while (b - a > 2 * epsilon) {
    const half = a + (b - a) / 2;
    if (!(half > a && half < b)) break;
    const falsi = (fb * a - fa * b) / (fb - fa);
    const sigma = Math.sign(half - falsi);
    const truncation = (0.2 * (b - a) * (b - a)) / width;
    const truncated = truncation <= Math.abs(half - falsi) ? falsi + sigma * truncation : half;
    const radius = Math.max(allowance - (b - a) / 2, 0);
    const projected = Math.abs(truncated - half) <= radius ? truncated : half - sigma * radius;
    const x = projected > a && projected < b ? projected : half;
    const fx = f(x);
    if (Number.isNaN(fx)) return Number.NaN;
    if (fx > 0) [a, fa] = [x, fx];
    else [b, fb] = [x, fx];
    if (fx === 0) break;
    allowance /= 2;
  }
  return b;
}

interface Bracket {
  readonly low: number;
  readonly high: number;
}

/** A bracket [high / 16, high] or [0, high] around the zero of a function that decreases in x > 0 from above 0 to below 0. */
export function bracketOf(f: (x: number) => number): Bracket {
  let high = 1;
  while (f(high) > 0 && high < 1e300) high *= 16;
  return bracketBelow(f, high);
}

/** `bracketOf` where the zero is known to be at most `high`. */
export function bracketBelow(f: (x: number) => number, high: number): Bracket {
  let upper = high;
  while (upper > 1e-300 && f(upper / 16) <= 0) upper /= 16;
  return { low: upper > 1e-300 ? upper / 16 : 0, high: upper };
}
