import { norms } from "@steepest/core";
import type { KernelFactory } from "@steepest/kernels";
import { powerOfTwoBelow } from "../arithmetic/powerOfTwoBelow.js";
import type { Atoms } from "../atoms/atoms.js";
import { type BoundedNorm, boundedNorm } from "../bound/boundedNorm.js";
import { diagonalAtoms } from "../solver/diagonalAtoms.js";
import { type CombinationOptions, smallestCombination } from "../solver/smallestCombination.js";

/** Powers of two by which columns are divided stay within these, so that θ divided by them stays a double. */
const [least, most] = [2 ** -500, 2 ** 500];

/**
 * A start for the search in any norm, from a direction that is found where all columns have one size: the answer in ℓ∞ that begins there. The sizes of columns
 * make no difference to whether there is a direction, but where they differ by 2^30 squares of lengths cannot tell the small columns from rounding.
 *
 * @param atoms    the rows
 * @param norm     the norm, for its blocks
 * @param options  kernels and signal
 * @returns multipliers and a direction with a positive product with every row; undefined if none was found
 */
export async function startOfEvenColumns(
  atoms: Atoms,
  norm: BoundedNorm,
  { kernels, signal }: Pick<CombinationOptions, "signal"> & { readonly kernels: KernelFactory },
): Promise<CombinationOptions["start"]> {
  const options: CombinationOptions = signal ? { signal } : {};
  const inverse = columnSizes(atoms).map((size) => (size > 0 ? 1 / Math.min(Math.max(powerOfTwoBelow(size), least), most) : 1));
  const [euclidean, box] = [norms.l2, norms.linf].map((one) => boundedNorm(one, kernels, norm.blocks)) as [BoundedNorm, BoundedNorm];
  const even = await smallestCombination(diagonalAtoms(atoms, inverse), euclidean, options);
  if (!(even.lower > 0)) return undefined;
  const direction = even.theta.map((value, j) => value * inverse[j]!);
  const unit = powerOfTwoBelow(direction.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0));
  const theta = direction.map((value) => value / unit);
  const found = await smallestCombination(atoms, box, { ...options, start: { lambda: even.lambda, theta } });
  return found.lower > 0 ? { lambda: found.lambda, theta: found.theta } : undefined;
}

/** The largest absolute entry of every column. */
function columnSizes(atoms: Atoms): Float64Array {
  const sizes = new Float64Array(atoms.size);
  for (let k = 0; k < atoms.count; k++) for (const [j, value] of atoms.row(k).entries()) sizes[j] = Math.max(sizes[j]!, Math.abs(value));
  return sizes;
}
