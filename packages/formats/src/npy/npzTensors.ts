import { quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import type { Tensor } from "../safetensors/safetensors.js";
import { members } from "../zip/archive.js";
import { npyTensor } from "./npyTensor.js";

/** Weight files of more arrays are not read. */
const mostArrays = 10_000;

/**
 * The arrays of an archive of NumPy, each with its shape.
 *
 * @param name   the name of the file
 * @param bytes  the file
 * @param most   the most bytes that it may unpack to, and that its numbers may take as doubles
 * @returns the arrays by their names, in the order of the archive; copies
 * @throws DataError  if it is damaged, holds other things than arrays of numbers, or is larger than allowed
 */
export function npzTensors(name: string, bytes: Uint8Array, most: number): ReadonlyMap<string, Tensor> {
  const all = members(name, bytes);
  const other = all.find((member) => !member.name.endsWith(".npy"));
  if (other || all.length === 0) {
    const isPickle = all.some((member) => member.name.endsWith("/data.pkl"));
    const what = isPickle ? "is what torch.save writes, a pickle" : `is a zip archive with ${other ? quoted(other.name) : "nothing"} in it`;
    refuse(name, `${what}, expected arrays of NumPy`, "weights as safetensors or npz: docs/weights.md has a recipe");
  }
  if (all.length > mostArrays) refuse(name, `holds ${all.length} arrays, at most ${mostArrays} are read`, "fewer arrays", all.length);
  const tensors = new Map<string, Tensor>();
  let left = most;
  for (const member of all) {
    const key = member.name.slice(0, -".npy".length);
    if (tensors.has(key)) refuse(name, `holds two arrays ${quoted(key)}`, "an archive that numpy.savez wrote", key);
    const tensor = npyTensor(`${name}/${member.name}`, member.read(left + 65_536), left);
    left -= 8 * tensor.values.length;
    tensors.set(key, tensor);
  }
  return tensors;
}
