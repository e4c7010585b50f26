import { Bits } from "../scalar/bits";
import { maxAbs } from "./maxAbs";
import { sumSquares } from "./sumSquares";

/**
 * euclidean: ‖x‖₂ without overflow or underflow on the way.
 *
 * x: f64[n], finite, n ≥ 0. √sumSquares of 2^−e x, times 2^e, with e ≥ −1022 the exponent of the largest |xᵢ|; 0 for a zero vector.
 */
export function euclidean(x: usize, n: i32): f64 {
  const largest = maxAbs(x, n);
  if (largest == 0) return 0;
  const scale = Bits.powerOfTwo(-max(Bits.exponent(largest), -1022));
  return sqrt(sumSquares(x, n, scale)) / scale;
}
