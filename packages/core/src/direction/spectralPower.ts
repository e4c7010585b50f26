import { refuse } from "../check/require.js";
import type { Direction } from "./direction.js";
import { spectrumDirection } from "./spectrum.js";

/**
 * Powers of the singular values between those of spectral descent and of gradient descent, matrix by matrix.
 *
 *   G = U Σ Vᵀ      out = -U (Σ / σ₁)^p Vᵀ,  p in [0, 1]
 *
 * The spectral norm of every matrix is 1. p = 0 is the polar factor, up to rounding, and theory expects the same of both; p = 1 the gradient over its largest singular value. Between them, up to
 * its length, it is the steepest direction of the Schatten norm of exponent 1 + 1 / p. Null directions (σᵢ <= max(m, n) ε σ₁) give 0.
 *
 * @param p  in [0, 1]
 * @returns a direction
 * @throws DefinitionError  if p is out of its range
 */
export function spectralPower(p: number): Direction {
  if (!(typeof p === "number" && p >= 0 && p <= 1)) refuse("spectralPower", "in [0, 1]", p);
  return spectrumDirection({
    id: "spectralPower",
    ...(p > 0 && {
      expected:
        "theory is silent on several matrices: up to its length the direction of each is the steepest one in the Schatten norm of exponent 1 + 1 / p",
    }),
    start: (kernels) => {
      const power = (ratio: number): number => (p === 0 || ratio === 1 ? 1 : p === 1 ? ratio : kernels.exp(p * kernels.log(ratio)));
      return () => (sigma) => sigma.map((value) => power(value / sigma[0]!));
    },
  });
}
