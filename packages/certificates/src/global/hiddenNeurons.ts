import { enclosedProduct } from "../arithmetic/compensated.js";
import { above, below } from "../arithmetic/outward.js";

/** f(x) = Σ aⱼ relu(⟨wⱼ, x⟩). */
export interface HiddenNeurons {
  /** f64[width][inputDim]. */
  readonly hidden: Float64Array;
  /** f64[width]. */
  readonly output: Float64Array;
}

/** Neurons of unit length with factors cⱼ as a network whose two layers are balanced: aⱼ² = ||wⱼ||², so that ||θ||₂² = 2 Σ |cⱼ|. */
export function balanced(directions: readonly Float64Array[], factors: readonly number[], inputDim: number): HiddenNeurons {
  const hidden = new Float64Array(directions.length * inputDim);
  const output = Float64Array.from(factors, (c) => (c < 0 ? -1 : 1) * Math.sqrt(Math.abs(c)));
  for (const [j, w] of directions.entries()) {
    hidden.set(
      w.map((value) => value * Math.abs(output[j]!)),
      j * inputDim,
    );
  }
  return { hidden, output };
}

/**
 * A lower bound of the ℓ2 margin of a network, minᵢ yᵢ f(xᵢ) / ||θ||₂², in twice the precision where it matters and rounded downwards; 0 if that is not positive,
 * which networks reach that are 0 on every sample.
 *
 * @param samples  rows of one length
 * @param labels   -1 or +1 for each
 * @param neurons  the network
 * @returns a number that the margin is not below, unless that is negative
 */
export function marginBelow(samples: readonly Float64Array[], labels: ArrayLike<number>, { hidden, output }: HiddenNeurons): number {
  const width = output.length;
  const d = samples[0]!.length;
  const rows = Array.from({ length: width }, (_, j) => hidden.slice(j * d, (j + 1) * d));
  let least = Infinity;
  for (const [i, x] of samples.entries()) {
    let [sum, size, wrong] = [0, 0, 0];
    for (const [j, w] of rows.entries()) {
      const { value, error } = enclosedProduct(w, x);
      const term = labels[i]! * output[j]! * Math.max(value, 0);
      sum += term;
      size += Math.abs(term);
      wrong += above(Math.abs(output[j]!) * error, 2); // |relu(a) - relu(b)| <= |a - b|
    }
    least = Math.min(least, sum - above(size * (width + 2) * 2 ** -52 + above(wrong, width + 2), 6));
  }
  let square = 0;
  for (const value of hidden) square += value * value;
  for (const value of output) square += value * value;
  return least > 0 ? below(least / above(square, hidden.length + width + 2), 4) : 0;
}
