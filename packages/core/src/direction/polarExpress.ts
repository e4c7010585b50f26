import { knownOptions } from "../check/knownKeys.js";
import { requireFraction, requireInteger } from "../check/require.js";
import type { Direction } from "./direction.js";
import { type OddQuintic, polynomialDirection } from "./polynomial.js";

export interface PolarExpressOptions {
  readonly steps: number;
  /** ℓ in (0, 1): the least singular value of G / ||G||_F that the polynomials are made for; 1e-3 in the publication. */
  readonly lower: number;
}

/** The least ratio of the ends of the interval that a polynomial is made for: below it one would rise so slowly on (0, ℓ) that rounding shows. Source: as below. */
const cushion = 0.02407327424182761;
/** From this ratio of the ends on the polynomial is that of Padé, to rounding. Source: as below. */
const nearlyOne = 1 - 5e-6;
/** The exchange converges quadratically; this many rounds are several times what any interval takes. */
const mostRounds = 50;

/**
 * The odd quintic nearest to 1 on [lower, upper] in the largest difference, by Remez' exchange: at the ends and at its two extrema between, q and r,
 *
 *   p(l) = 1 - E,  p(q) = 1 + E,  p(r) = 1 - E,  p(u) = 1 + E
 */
export function bestQuintic(lower: number, upper: number): OddQuintic {
  if (lower / upper >= nearlyOne) return [1.875 / upper, -1.25 / (upper * upper * upper), 0.375 / (upper * upper * upper * upper * upper)];
  let [q, r] = [(3 * lower + upper) / 4, (lower + 3 * upper) / 4];
  let error = Infinity;
  for (let round = 0; round < mostRounds; round++) {
    const [a, b, c, e] = equioscillating([lower, q, r, upper]);
    const root = Math.sqrt(9 * b * b - 20 * a * c);
    [q, r] = [Math.sqrt((-3 * b - root) / (10 * c)), Math.sqrt((-3 * b + root) / (10 * c))];
    if (Math.abs(error - e) <= 1e-15) return [a, b, c];
    error = e;
  }
  return equioscillating([lower, q, r, upper]).slice(0, 3) as unknown as OddQuintic;
}

/** a, b, c and E with a x + b x³ + c x⁵ + ± E = 1 at four points, + first: Gaussian elimination with partial pivoting. */
function equioscillating(points: readonly number[]): readonly [number, number, number, number] {
  const rows = points.map((x, i) => [x, x * x * x, x * x * x * x * x, i % 2 === 0 ? 1 : -1, 1]);
  for (let k = 0; k < 4; k++) {
    let pivot = k;
    for (let i = k + 1; i < 4; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = k + 1; i < 4; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j < 5; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  const x = [0, 0, 0, 0];
  for (let k = 3; k >= 0; k--) {
    let sum = rows[k]![4]!;
    for (let j = k + 1; j < 4; j++) sum -= rows[k]![j]! * x[j]!;
    x[k] = sum / rows[k]![k]!;
  }
  return x as [number, number, number, number];
}

/**
 * The polynomials of Polar Express: each step is the best one for the interval that the steps before have left of [ℓ, 1].
 *
 * Where the interval's ends differ by more than a factor 1 / 0.024, the polynomial is the best one above 0.024 u, scaled so that its values at the ends
 * lie as far below 1 as above.
 */
export function polarExpressPolynomials({ steps, lower }: PolarExpressOptions): readonly OddQuintic[] {
  let [l, u] = [lower, 1];
  return Array.from({ length: steps }, (): OddQuintic => {
    const best = bestQuintic(Math.max(l, cushion * u), u);
    const valueAt = (x: number): number => x * (best[0] + x * x * (best[1] + x * x * best[2]));
    const scale = 2 / (valueAt(l) + valueAt(u));
    l = scale * valueAt(l);
    u = 2 - l;
    return [scale * best[0], scale * best[1], scale * best[2]];
  });
}

/**
 * Polar Express: orthogonalisation by the polynomials that bring the singular values in [ℓ, 1] of G / ||G||_F closest to 1, step by step.
 *
 * With ℓ = 1e-3 five steps bring them into [0.876, 1.124], seven to 1 within 1e-9; smaller singular values are multiplied by about 1 / ℓ. So it tends to the
 * polar factor, the steepest direction of the spectral norm, but is not it, where one is below ℓ or the steps are few. In binary64, so without the
 * published safety factor 1.01 against the rounding of bfloat16.
 * Source: Amsel, Persson, Musco and Gower, arXiv:2505.16932.
 *
 * @param options  the number of steps >= 1, and ℓ in (0, 1)
 * @returns a direction, see `polynomialDirection`
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function polarExpress(options: PolarExpressOptions): Direction {
  const { steps, lower } = knownOptions("polarExpress", options, { steps: ["ns_steps"], lower: true });
  requireInteger("polarExpress.steps", steps, 1);
  requireFraction("polarExpress.lower", lower);
  return polynomialDirection(
    {
      id: "polarExpress",
      expected:
        "theory is about the exact polar factor, to which Polar Express tends with the number of steps and for singular values above its lower end",
    },
    polarExpressPolynomials({ steps, lower }),
  );
}
