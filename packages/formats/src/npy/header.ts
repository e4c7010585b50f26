import { refuse } from "../check/refuse.js";
import { type ElementType, elementType } from "./elementType.js";
import { isNpy } from "./isNpy.js";

/** The header of an .npy file. */
export interface NpyHeader {
  readonly type: ElementType;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  /** Number of elements. */
  readonly size: number;
  /** Byte offset of the elements. */
  readonly start: number;
}

const complete = "a complete .npy file, as numpy.save writes it";

/**
 * Reads the header of an array that `numpy.save` wrote, versions 1.0 to 3.0.
 * Source: NumPy reference, numpy.lib.format.
 *
 * @param name   the name of the file
 * @param bytes  the whole file
 * @returns its header, whose sizes are those of the file
 * @throws DataError  if it is none, or promises another number of bytes than there are
 */
export function npyHeader(name: string, bytes: Uint8Array): NpyHeader {
  if (!isNpy(bytes)) refuse(name, "byte 0: does not begin with \\x93NUMPY", "an array that numpy.save wrote");
  const major = bytes[6];
  if (major === undefined || major < 1 || major > 3) {
    refuse(name, `byte 6: version ${major ?? "missing"} of the .npy format`, "version 1, 2 or 3", major);
  }
  const wide = major > 1;
  const textStart = wide ? 12 : 10;
  if (bytes.length < textStart) refuse(name, `ends at byte ${bytes.length}, within its header`, complete, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = textStart + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > bytes.length) {
    refuse(name, `ends at byte ${bytes.length}, within its header, which goes on to byte ${start}`, complete, bytes.length);
  }
  const text = new TextDecoder().decode(bytes.subarray(textStart, Math.min(start, textStart + mostHeader))).trim();
  const type = elementType(name, valueIn(name, text, "descr", `'[^']*'|"[^"]*"|\\[.*\\]`));
  const shape = shapeIn(name, text);
  const size = shape.reduce((product, length) => product * length, 1);
  const [promised, held] = [size * type.size, bytes.length - start];
  if (promised !== held) {
    const what = `holds ${held} bytes of elements from byte ${start} on, its header promises ${promised} for ${shape.join(" x ") || "one"} elements`;
    refuse(name, what, complete, held);
  }
  return { type, isFortran: valueIn(name, text, "fortran_order", "True|False") === "True", shape, size, start };
}

/** Bytes of a header that are looked at: records of very many fields have more, and are not read. */
const mostHeader = 65_536;

/** The value at a key of the header, a Python dictionary of literals. */
function valueIn(name: string, text: string, key: string, pattern: string): string {
  const found = new RegExp(`['"]${key}['"]\\s*:\\s*(${pattern})`).exec(text)?.[1];
  return found ?? refuse(name, `the header has no readable ${key}: ${text.slice(0, 120)}`, "a header as numpy.save writes it", text);
}

function shapeIn(name: string, text: string): readonly number[] {
  const shape = valueIn(name, text, "shape", "\\([^)]*\\)");
  const sizes = shape
    .slice(1, -1)
    .split(",")
    .map((size) => size.trim())
    .filter((size) => size !== "");
  if (!sizes.every((size) => /^\d{1,15}L?$/.test(size)) || sizes.length > 32) {
    refuse(name, `the header has the shape ${shape.slice(0, 60)}`, "whole numbers, as in (100, 784)", shape);
  }
  return sizes.map((size) => Number.parseInt(size, 10));
}
