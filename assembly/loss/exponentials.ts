import { exp } from "../scalar/exp";
import { Exp } from "../simd/exp";

/** outᵢ ← exp(factor xᵢ − shift), factor 1 or −1; returns their sum, sequential. x, out: f64[n], 8-byte aligned; out may be x. */
export function exponentials(x: usize, out: usize, n: i32, factor: f64, shift: f64): f64 {
  const end = out + ((<usize>n) << 3);
  const pairEnd = out + ((<usize>(n & ~1)) << 3);
  const factors = f64x2.splat(factor);
  const shifts = f64x2.splat(shift);
  let sum: f64 = 0;
  for (; out < pairEnd; out += 16, x += 16) {
    const argument = f64x2.sub(f64x2.mul(factors, v128.load(x)), shifts);
    const isModerate = i64x2.all_true(Exp.moderate(argument));
    const value = isModerate ? Exp.moderatePair(argument) : Exp.pair(argument);
    v128.store(out, value);
    sum += f64x2.extract_lane(value, 0);
    sum += f64x2.extract_lane(value, 1);
  }
  if (out < end) {
    const value = exp(factor * load<f64>(x) - shift);
    store<f64>(out, value);
    sum += value;
  }
  return sum;
}
