import { mostBytes } from "../check/bound.js";
import { refuse } from "../check/refuse.js";
import type { Tensor } from "../safetensors/safetensors.js";
import { isZip } from "../zip/magic.js";

/** Arrays of a file of weights. */
export interface NamedTensors {
  readonly format: "safetensors" | "npz";
  /** In the order of the file. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/**
 * The arrays of a file of weights, safetensors or npz, told by its first bytes. The reader of a format is loaded with the first file of it.
 *
 * @param name   the name of the file
 * @param bytes  the file
 * @param most   the most bytes that it may unpack to, and that its numbers may take as doubles
 * @returns arrays in C order by their names, NaN and infinities as they are; copies
 * @throws DataError  naming the byte or the array: neither format, truncated, damaged, other things than numbers, larger than allowed
 */
export async function readWeights(name: string, bytes: Uint8Array, most: number = mostBytes): Promise<NamedTensors> {
  if (isZip(bytes)) {
    const { npzTensors } = await import("../npy/npzTensors.js");
    return { format: "npz", tensors: npzTensors(name, bytes, most) };
  }
  if (bytes.length >= 9 && bytes[8] !== 0x7b) {
    refuse(name, "is neither a safetensors file nor an archive of NumPy", "weights as safetensors or npz: docs/weights.md has a recipe");
  }
  const { parseSafetensors } = await import("../safetensors/safetensors.js");
  return { format: "safetensors", tensors: new Map(Object.entries(parseSafetensors(name, bytes, most).tensors)) };
}
