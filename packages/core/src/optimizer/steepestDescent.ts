import { DefinitionError } from "../errors.js";
import { bindNormIn, planNorm } from "../norm/boundNorm.js";
import type { Norm } from "../norm/norm.js";
import { requireOneOf } from "../require.js";
import type { Optimizer } from "./optimizer.js";

export interface SteepestDescentOptions {
  readonly norm: Norm;
  /** true: θ ← θ + η lmo(∇R). false: θ ← θ + η ||∇R||_* lmo(∇R). */
  readonly normalized: boolean;
  /** "none": the exact steepest direction with the norm's tie rule. */
  readonly smoothing?: "none";
}

/**
 * Steepest descent with respect to a norm; gradient, coordinate, sign and spectral descent are its ℓ2, ℓ1, ℓ∞ and spectral cases.
 *
 *   θ ← θ + η e^logRisk ||ghat||_* lmo(ghat)      normalised: θ ← θ + η lmo(ghat)
 *
 * Raises the margin of its own norm after separation: Tsilivis et al., JMLR 27 (2026), theorem 1 (for the flow).
 */
export function steepestDescent({ norm, normalized, smoothing = "none" }: SteepestDescentOptions): Optimizer {
  if (typeof norm?.bind !== "function") {
    throw new DefinitionError("steepestDescent.norm: must be a norm such as norms.linf", { path: "norm", value: norm });
  }
  if (typeof normalized !== "boolean") {
    throw new DefinitionError(`steepestDescent.normalized: must be true or false, got ${String(normalized)}`, {
      path: "normalized",
      value: normalized,
    });
  }
  requireOneOf("smoothing", smoothing, ["none"]);
  return {
    id: "steepest",
    ownNorm: norm,
    lengthUnit: normalized ? "unit" : "gradient",
    plan: (plan, shape) => planNorm(plan, norm, shape),
    bind: ({ kernels, arena, shape, theta, ghat, direction }) => {
      const { lmo, dualNorm } = bindNormIn(arena, norm, shape);
      return {
        step: (logRisk, { size, logScale }) => {
          const length = size * (normalized ? kernels.exp(logScale) : kernels.exp(logRisk + logScale) * dualNorm(ghat));
          lmo(ghat, direction);
          kernels.axpy(direction.ptr, theta.ptr, theta.length, length);
          return length;
        },
      };
    },
  };
}
