import { requireBytes } from "../check/bound.js";
import { refuse } from "../check/refuse.js";
import type { Tensor } from "../safetensors/safetensors.js";
import { npyHeader } from "./header.js";

/**
 * An array as `numpy.save` writes it, as numbers with their shape.
 *
 * @param name   the name of the file
 * @param bytes  the file
 * @param most   the most bytes that its numbers may take as doubles
 * @returns the numbers in C order, whatever order the file has; a copy
 * @throws DataError  if it is damaged, holds no numbers, or integers that no double holds
 */
export function npyTensor(name: string, bytes: Uint8Array, most: number): Tensor {
  const { type, shape, size, start, isFortran } = npyHeader(name, bytes);
  const { number, littleEndian } = type;
  if (!number) return refuse(name, `holds elements of type ${type.descr}`, "numbers: array.astype(float)");
  requireBytes(name, 8 * size, most, `${shape.join(" x ")} numbers`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(size);
  const place = isFortran ? fortranPlaces(shape) : (i: number): number => i;
  for (let i = 0; i < size; i++) {
    const at = start + place(i) * type.size;
    const value = number(view, at, littleEndian);
    const exact = Number(value);
    if (typeof value === "bigint" && BigInt(exact) !== value)
      refuse(name, `byte ${at} holds ${value}`, "numbers that a double holds", value);
    values[i] = exact;
  }
  return { shape, values };
}

/** Places in Fortran order of elements that are counted in C order. */
function fortranPlaces(shape: readonly number[]): (i: number) => number {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1));
  return (i) => {
    let [rest, place] = [i, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis]!;
      place += (rest % length) * strides[axis]!;
      rest = Math.floor(rest / length);
    }
    return place;
  };
}
