import { type Kernels, requireKernels } from "@steepest/kernels";
import { requireMagnitude, requireNumber, requirePositive } from "../check/require.js";
import { binaryExponent, timesPowerOfTwo } from "../number/binaryScale.js";
import { power } from "../number/power.js";

/** Up to it (mantissa)^L is below 2^64. */
const longestProduct = 64;

/**
 * The margin value 2^exponent / ||θ||^L: with value = minᵢ qᵢ the (geometric) margin, with value = l⁻¹(R) the soft margin. Invariant under θ → cθ. It is
 *     infinite
 * or 0 only where the quotient itself leaves the range of f64: where ||θ||^L does, mantissas are divided and exponents subtracted. NaN for θ = 0.
 *
 * @param kernels      for powers that are no integers
 * @param value        minᵢ qᵢ or l⁻¹(R), divided by 2^exponent
 * @param normOfTheta  ||θ||
 * @param degree       L, the degree of homogeneity
 * @param exponent     0 unless `value` is out of the range of f64
 * @returns the margin; its sign is that of `value`
 */
export function marginOf(kernels: Kernels, value: number, normOfTheta: number, degree: number, exponent: number = 0): number {
  requireKernels("kernels", kernels);
  requireNumber("value", value);
  requireMagnitude("normOfTheta", normOfTheta);
  requirePositive("degree", degree);
  requireNumber("exponent", exponent);
  const denominator = power(kernels, normOfTheta, degree);
  if (exponent === 0 && denominator > 1e-290 && denominator < Infinity) return value / denominator;
  if (normOfTheta === 0) return Number.NaN;
  if (value === 0 || !Number.isFinite(value) || !(normOfTheta < Infinity)) return value / normOfTheta;
  if (degree > longestProduct) {
    const logMagnitude = kernels.log(Math.abs(value)) + exponent * kernels.log(2) - degree * kernels.log(normOfTheta);
    return Math.sign(value) * kernels.exp(logMagnitude);
  }
  const [ofValue, ofNorm] = [binaryExponent(value), binaryExponent(normOfTheta)];
  const quotient = timesPowerOfTwo(value, -ofValue) / power(kernels, timesPowerOfTwo(normOfTheta, -ofNorm), degree);
  const total = ofValue + exponent - degree * ofNorm;
  const whole = Math.floor(total);
  const rest = total === whole ? 1 : kernels.exp((total - whole) * kernels.log(2)); // for a fractional L
  return timesPowerOfTwo(quotient * rest, whole);
}
