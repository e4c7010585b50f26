import { checkShape, samplesOf, type Table } from "./samplesOf.js";
import { TableError } from "./tableError.js";

const format = "a two-dimensional array of numbers, one sample per row, the label in the last column";
const magic = [0x93, ...Array.from("NUMPY", (char) => char.charCodeAt(0))];

export const isNpy = (bytes: Uint8Array): boolean => magic.every((byte, i) => bytes[i] === byte);

type Reader = (view: DataView, at: number, littleEndian: boolean) => number | bigint;

/** Readers of values, by the letter and the size in bytes that NumPy writes behind the byte order. */
const readers: Readonly<Record<string, Reader>> = {
  f8: (view, at, little) => view.getFloat64(at, little),
  f4: (view, at, little) => view.getFloat32(at, little),
  i8: (view, at, little) => view.getBigInt64(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  i1: (view, at) => view.getInt8(at),
  u8: (view, at, little) => view.getBigUint64(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  u1: (view, at) => view.getUint8(at),
  b1: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
};

interface Header {
  readonly read: Reader;
  readonly itemSize: number;
  readonly littleEndian: boolean;
  readonly isFortran: boolean;
  readonly rows: number;
  readonly columns: number;
  /** Offset of the values. */
  readonly start: number;
}

/**
 * An array as `numpy.save` writes it, versions 1.0 to 3.0, integers, floats or booleans in either byte order, in C or Fortran order.
 *
 * @throws TableError
 * Source: NumPy reference, numpy.lib.format.
 */
export function readNpy(bytes: Uint8Array): Table {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { read, itemSize, littleEndian, isFortran, rows, columns, start } = headerOf(bytes, view);
  checkShape(rows, columns, format);
  const promised = rows * columns * itemSize;
  if (bytes.length - start !== promised) {
    throw new TableError(`the file holds ${bytes.length - start} bytes of values, its header promises ${promised}`, "a complete .npy file");
  }
  const at = (row: number, column: number): number => {
    const place = isFortran ? column * rows + row : row * columns + column;
    const value = read(view, start + place * itemSize, littleEndian);
    const exact = Number(value);
    const isExact = typeof value === "bigint" ? BigInt(exact) === value : Number.isFinite(exact);
    if (!isExact)
      throw new TableError(`row ${row}, column ${column} (counted from 0) holds ${value}`, "finite numbers that a double can hold");
    return exact;
  };
  const values = Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => at(row, column)));
  return samplesOf({
    rows: values.map((row) => row.slice(0, -1)),
    labels: values.map((row) => row.at(-1)!),
    labelPlace: "the last column",
    constant: 1,
    format,
  });
}

function headerOf(bytes: Uint8Array, view: DataView): Header {
  if (!isNpy(bytes)) throw new TableError("the file does not begin with \\x93NUMPY", "an array that numpy.save wrote");
  const major = bytes[6];
  if (major === undefined || major < 1 || major > 3) {
    throw new TableError(`the file has version ${major ?? "missing"} of the .npy format`, "version 1, 2 or 3");
  }
  const wide = major > 1;
  const textStart = wide ? 12 : 10;
  const length = bytes.length < textStart ? Infinity : wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = textStart + length;
  if (start > bytes.length) throw new TableError("the file ends within its header", "a complete .npy file");
  const text = new TextDecoder().decode(bytes.subarray(textStart, start)).trim();
  const [rows, columns] = shapeIn(text);
  return { ...typeIn(text), isFortran: valueIn(text, "fortran_order", "True|False") === "True", rows, columns, start };
}

/** The value at a key of the header, a Python dictionary of literals. @throws TableError */
function valueIn(text: string, key: string, pattern: string): string {
  const found = new RegExp(`['"]${key}['"]\\s*:\\s*(${pattern})`).exec(text)?.[1];
  if (found === undefined)
    throw new TableError(`the header has no readable ${key}: ${text.slice(0, 120)}`, "a header as numpy.save writes it");
  return found;
}

function typeIn(text: string): Pick<Header, "read" | "itemSize" | "littleEndian"> {
  const descr = valueIn(text, "descr", `'[^']*'|"[^"]*"|\\[.*\\]`);
  const [, order, name] = /^['"]([<>|=])([a-z]\d+)['"]$/.exec(descr) ?? [];
  const read = name !== undefined && Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (!read) {
    const known = "floats of 4 or 8 bytes, integers of 1, 2, 4 or 8 bytes, or booleans: array.astype(float) makes them";
    throw new TableError(`the array's type is ${descr.slice(0, 60)}`, known);
  }
  return { read, itemSize: Number(name!.slice(1)), littleEndian: order !== ">" };
}

function shapeIn(text: string): readonly [number, number] {
  const shape = valueIn(text, "shape", "\\([^)]*\\)");
  const sizes = shape
    .slice(1, -1)
    .split(",")
    .filter((size) => size.trim() !== "");
  if (sizes.length !== 2 || !sizes.every((size) => /^\s*\d+L?\s*$/.test(size)))
    throw new TableError(`the array's shape is ${shape}`, format);
  const [rows, columns] = sizes.map((size) => Number.parseInt(size, 10));
  return [rows!, columns!];
}
