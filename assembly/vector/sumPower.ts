import { power } from "../scalar/power";

/**
 * sumPower: Σ (|xᵢ| / divisor)^exponent, the p-th power of the ℓp norm of the scaled vector.
 *
 * x: f64[n], 8-byte aligned, n ≥ 0; 0 for n = 0; NaN if any xᵢ is NaN. The largest |xᵢ| as `divisor` keeps the terms in [0, 1].
 * Summed in four interleaved lanes, then the tail: the order is fixed, so the result is the same bits on every host.
 */
export function sumPower(x: usize, n: i32, divisor: f64, exponent: f64): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  let lane0 = 0.0;
  let lane1 = 0.0;
  let lane2 = 0.0;
  let lane3 = 0.0;
  for (; x < blockEnd; x += 32) {
    lane0 += power(abs(load<f64>(x)) / divisor, exponent);
    lane1 += power(abs(load<f64>(x, 8)) / divisor, exponent);
    lane2 += power(abs(load<f64>(x, 16)) / divisor, exponent);
    lane3 += power(abs(load<f64>(x, 24)) / divisor, exponent);
  }

  let sum = lane0 + lane2 + (lane1 + lane3);
  for (; x < end; x += 8) sum += power(abs(load<f64>(x)) / divisor, exponent);
  return sum;
}
