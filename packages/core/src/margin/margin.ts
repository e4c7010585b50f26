import type { Kernels } from "@steepest/kernels";
import { power } from "../power.js";

/**
 * The margin value / ||θ||^L: with value = minᵢ qᵢ the (geometric) margin, with value = l⁻¹(R) the soft margin. Invariant under θ → cθ.
 * Where ||θ||^L leaves the range of f64 the quotient is formed from logarithms. NaN for θ = 0.
 */
export function marginOf(kernels: Kernels, value: number, normOfTheta: number, degree: number): number {
  const denominator = power(kernels, normOfTheta, degree);
  if (denominator > 1e-290 && denominator < Infinity) return value / denominator;
  if (normOfTheta === 0) return Number.NaN;
  const logMagnitude = kernels.log(Math.abs(value)) - degree * kernels.log(normOfTheta);
  return Math.sign(value) * kernels.exp(logMagnitude);
}
