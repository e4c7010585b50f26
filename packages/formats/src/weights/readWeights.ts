import { mostBytes } from "../check/bound.js";
import { quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import { npyTensor } from "../npy/npyTensor.js";
import { parseSafetensors, type Tensor } from "../safetensors/safetensors.js";
import { isZip, members } from "../zip/archive.js";

/** Arrays of a file of weights. */
export interface NamedTensors {
  readonly format: "safetensors" | "npz";
  /** In the order of the file. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** Weight files of more arrays are not read. */
const mostArrays = 10_000;

/**
 * The arrays of a file of weights, safetensors or npz, told by its first bytes.
 *
 * @param name   the name of the file
 * @param bytes  the file
 * @param most   the most bytes that it may unpack to, and that its numbers may take as doubles
 * @returns arrays in C order by their names, NaN and infinities as they are; copies
 * @throws DataError  naming the byte or the array: neither format, truncated, damaged, other things than numbers, larger than allowed
 */
export function readWeights(name: string, bytes: Uint8Array, most: number = mostBytes): NamedTensors {
  if (isZip(bytes)) return { format: "npz", tensors: npzTensors(name, bytes, most) };
  if (bytes.length >= 9 && bytes[8] !== 0x7b) {
    refuse(name, "is neither a safetensors file nor an archive of NumPy", "weights as safetensors or npz: docs/weights.md has a recipe");
  }
  return { format: "safetensors", tensors: new Map(Object.entries(parseSafetensors(name, bytes, most).tensors)) };
}

function npzTensors(name: string, bytes: Uint8Array, most: number): ReadonlyMap<string, Tensor> {
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
