import { knownOptions } from "../check/knownKeys.js";
import { requireFinite, requireInteger, requireList } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import type { Direction } from "./direction.js";
import { type OddQuintic, polynomialDirection } from "./polynomial.js";

export interface NewtonSchulzOptions {
  /** (a, b, c) of X ← a X + b A X + c A² X, A = X Xᵀ, for step after step; the last ones are those of all further steps. */
  readonly coefficients: readonly OddQuintic[];
  readonly steps: number;
}

/** The coefficients of Muon. Source: K. Jordan et al., Muon (2024): chosen for a steep slope at 0, not for convergence to 1. */
const jordan: OddQuintic = [3.4445, -4.775, 2.0315];

const silent = "theory is about the exact polar factor";

/**
 * Muon's approximate orthogonalisation: five Newton-Schulz iterations on every matrix.
 *
 *   X ← G / ||G||_F      5 times:  A = X Xᵀ,  X ← 3.4445 X - 4.775 A X + 2.0315 A² X      out = -X
 *
 * Every singular value σ of G / ||G||_F goes to φ⁵(σ), φ(σ) = 3.4445 σ - 4.775 σ³ + 2.0315 σ⁵: about 485 σ while that is small, into [0.68, 1.21] from
 * σ = 0.0016 on, but not to 1. So this is not the steepest direction of the spectral norm, which is the exact polar factor, and it
 * fails the spectral norm's laws: it leaves the unit ball, and -<G, out> is not the nuclear norm. A zero matrix gives 0. In binary64, where the
 * published implementation uses bfloat16, and without its 1e-7 in the denominator: no gradient is too small.
 */
export const newtonSchulz: Direction = polynomialDirection(
  {
    id: "newtonSchulz",
    summary: "a direction, not a norm: Muon's approximate orthogonalisation by five iterations; the spectral norm's own direction is exact",
    expected: `${silent}; Newton-Schulz sends singular values into [0.68, 1.21], not to 1`,
  },
  new Array<OddQuintic>(5).fill(jordan),
);

/**
 * Newton-Schulz iterations with any coefficients and number of steps, see `polynomialDirection`. (2, -1.5, 0.5) tends to 1 from below;
 * (1.875, -1.25, 0.375), of Higham's Padé family, converges with order three.
 *
 * @param options  coefficients of one or more steps, and the number of steps >= 1
 * @returns a direction whose singular values are those polynomials of the gradient's
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function newtonSchulzOf(options: NewtonSchulzOptions): Direction {
  const { coefficients, steps } = knownOptions("newtonSchulz", options, { coefficients: true, steps: ["ns_steps"] });
  requireInteger("newtonSchulz.steps", steps, 1);
  const given = requireList("newtonSchulz.coefficients", coefficients, "triples of numbers");
  if (given.length < 1 || given.length > steps) {
    throw new DefinitionError(`newtonSchulz.coefficients: must be those of 1 to ${steps} steps, got ${given.length}`, {
      path: "newtonSchulz.coefficients",
      value: coefficients,
    });
  }
  for (const [k, triple] of given.entries()) {
    const path = `newtonSchulz.coefficients.${k}`;
    if (requireList(path, triple, "three numbers").length !== 3) {
      throw new DefinitionError(`${path}: must be three numbers, got ${triple.length}`, { path, value: triple });
    }
    for (const [i, coefficient] of triple.entries()) requireFinite(`${path}.${i}`, coefficient);
  }
  const polynomials = Array.from({ length: steps }, (_, k) => given[Math.min(k, given.length - 1)]!);
  return polynomialDirection({ id: "newtonSchulz", expected: silent }, polynomials);
}
