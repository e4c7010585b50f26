import { norms } from "@steepest/core";
import type { KernelFactory } from "@steepest/kernels";
import { exactProduct, exactRow, signOf } from "../arithmetic/exactRows.js";
import { maxMargin } from "../oracle/maxMargin.js";

/**
 * A proof that no two-layer ReLU network without biases separates samples, if there is one: a sample that is 0, two of different labels on one ray, or samples
 * of different labels on opposite rays that no linear model separates. Since relu(t) - relu(-t) = t, f(x) - f(-x) = ⟨Σ aⱼ wⱼ, x⟩ is linear: on x and -c x
 * with labels y and -y, f separates only if y ⟨Σ aⱼ wⱼ, x⟩ > 0.
 *
 * @param samples  rows of one length
 * @param labels   -1 or +1 for each
 * @param kernels  makes the kernels of the norm's memory
 * @returns false where it is proven, undefined where it is not
 */
export async function provenInseparable(
  samples: readonly Float64Array[],
  labels: ArrayLike<number>,
  kernels: KernelFactory,
): Promise<false | undefined> {
  const rows = samples.map(exactRow);
  const squares = rows.map((row) => exactProduct(row, row));
  if (squares.includes(0n)) return false;
  const odd: number[] = [];
  for (const [i, row] of rows.entries()) {
    for (let k = 0; k < i; k++) {
      if (labels[i] === labels[k]) continue;
      const product = exactProduct(row, rows[k]!);
      if (product * product !== squares[i]! * squares[k]!) continue;
      if (signOf(product) > 0) return false;
      odd.push(i);
      break;
    }
  }
  if (odd.length === 0) return undefined;
  const inputDim = samples[0]!.length;
  const inputs = new Float64Array(odd.length * inputDim);
  for (const [at, i] of odd.entries()) inputs.set(samples[i]!, at * inputDim);
  const { separable } = await maxMargin({ inputs, inputDim, labels: odd.map((i) => labels[i]!) }, norms.l2, { kernels });
  return separable === false ? false : undefined;
}
